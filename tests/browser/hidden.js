// How many texts and bars of pictures have no height.
() => [...document.querySelectorAll('figure svg text, figure svg rect')]
  .filter(node => node.getBoundingClientRect().height < 0.5).length
