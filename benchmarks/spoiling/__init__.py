"""Forms that are spoilt on purpose: what is changed in which boxes, and which rule must find it."""
