// Every matrix of the step, part by part.

import { grid } from "../../../_kit/matrices/web/grid.js";

const still = () => ({ classes: "", isFocus: false });

export function sheet(parts) {
  return parts
    .map(({ title, matrices }) => {
      const grids = matrices.map(({ key, ...matrix }) => grid(key, matrix, { marks: still }));
      return `<section><h4>${title}</h4><div class="grids">${grids.join("")}</div></section>`;
    })
    .join("");
}

export default function ({ data, parentElement }) {
  parentElement.querySelector(".sheet").innerHTML = sheet(data.parts);
}
