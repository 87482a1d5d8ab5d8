// Whether matrices fit together by their shapes.

// Of two shapes and perhaps a third that is added: what is wrong in words, "" if nothing is.
export function problem(shapes, result) {
  const [left, right, added] = shapes;
  if (left[1] !== right[0])
    return `The inner ${counted(left[1])} and ${counted(right[0])} do not fit.`;
  const made = [left[0], right[1]];
  if (String(made) !== String(result)) return `They fit, and make (${told(made)}).`;
  const isBias = !added || (added[0] === left[0] && [1, right[1]].includes(added[1]));
  return isBias ? "" : `(${told(added)}) cannot be added to (${told(made)}).`;
}

export function told(shape) {
  return shape.map(counted).join(", ");
}

function counted(number) {
  return number.toLocaleString("en");
}
