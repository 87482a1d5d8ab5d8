// Marching squares: the line where a field crosses zero, and the region where it is positive.

// `place(column, row)` gives the [x, y] of a lattice node, fractions included. Both paths are drawn
// in one go, so that neighbouring cells of the region leave no seams.
export function contour(values, side, place) {
  const line = new Path2D();
  const region = new Path2D();
  for (let row = 0; row < side - 1; row++) {
    let run = -1; // where a run of cells that are positive all over began
    for (let column = 0; column < side; column++) {
      const inside = column < side - 1 ? cornersInside(values, side, column, row) : 0;
      if (inside === 15) {
        if (run < 0) run = column;
        continue;
      }
      if (run >= 0) polygon(region, rectangle(run, column, row), place);
      run = -1;
      if (inside) cell(values, side, column, row, place, line, region);
    }
  }
  return { line, region };
}

function cornersInside(values, side, column, row) {
  const p = row * side + column;
  return (
    (values[p] > 0) |
    ((values[p + 1] > 0) << 1) |
    ((values[p + 1 + side] > 0) << 2) |
    ((values[p + side] > 0) << 3)
  );
}

// Walk round the cell: keep positive corners, add a point wherever an edge crosses zero. The
// crossings come in pairs that leave and re-enter the region, which are the pieces of the line.
function cell(values, side, column, row, place, line, region) {
  const corners = rectangle(column, column + 1, row);
  const shape = [];
  const crossings = [];
  corners.forEach(([c, r], k) => {
    const [nextC, nextR] = corners[(k + 1) % 4];
    const here = values[r * side + c];
    const next = values[nextR * side + nextC];
    if (here > 0) shape.push([c, r]);
    if (here > 0 !== next > 0) {
      const t = here / (here - next);
      const point = [c + t * (nextC - c), r + t * (nextR - r)];
      shape.push(point);
      crossings.push({ point, leaving: here > 0 });
    }
  });
  polygon(region, shape, place);
  const first = crossings.findIndex(({ leaving }) => leaving);
  for (let k = 0; k < crossings.length; k += 2) {
    line.moveTo(...place(...crossings[(first + k) % crossings.length].point));
    line.lineTo(...place(...crossings[(first + k + 1) % crossings.length].point));
  }
}

// The corners of the cells of a row from one column to another, in the order of the walk.
function rectangle(from, to, row) {
  return [
    [from, row],
    [to, row],
    [to, row + 1],
    [from, row + 1],
  ];
}

function polygon(path, corners, place) {
  corners.forEach((corner, k) => {
    if (k) path.lineTo(...place(...corner));
    else path.moveTo(...place(...corner));
  });
  path.closePath();
}
