// Makes elements. Text is always text: nothing here reads markup.

const SVG = 'http://www.w3.org/2000/svg';

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

const MULUT = ['M8 18q4-5 8 0', 'M8 17q4-3 8 0', 'M8 15q4 3 8 0', 'M7 14q5 7 10 0'];

// The face beside an answer, 1..4: decoration, never the only sign.
export function face(nilai) {
  return svg('svg', { class: 'wajah', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    svg('circle', { cx: 12, cy: 12, r: 10 }),
    svg('path', { d: `M8.5 8.5v2m7-2v2${MULUT[nilai - 1]}` }));
}

export function button(label, click, kelas = '', attributes = {}) {
  return h('button', { type: 'button', class: kelas || null, click, ...attributes }, label);
}
