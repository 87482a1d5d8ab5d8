// A line with its numbers put in, and which cells of the tables these are.

import { closely } from "../../../_kit/matrices/web/closely.js";
import { size, subscript } from "../../../_kit/player/web/format.js";

// `data` as it was sent, a line's key, and a turn: "4.23 · 0.788 + 2.88 · 0.547 + 0.272 = 5.17".
export function filled(data, key, turn) {
  const { inputs, slopes, w, b, m, mean } = data;
  if (key === "zero") return "nothing is added yet";
  if (key === "mean") {
    const ends = data.turns[m - 1];
    return ["J", ...slopes, "db"]
      .map((name) => `${low(name)} = ${size(ends[name])} / ${m} = ${size(mean[name])}`)
      .join(", ");
  }
  const now = data.turns[turn];
  const before = (name) => size(turn ? data.turns[turn - 1][name] : 0);
  const to = (text) => `${text} = ${size(now[key])}`;
  const x = inputs[slopes.indexOf(key)];
  if (x) return to(`${before(key)} + ${inside(now[x])} · ${inside(now.dz)}`);
  const found = {
    z: () =>
      `${inputs.map((name, j) => `${inside(w[j])} · ${inside(now[name])}`).join(" + ")} + ${inside(b)}`,
    a: () => `σ(${size(now.z)})`,
    J: () => `${before("J")} − log${now.y ? ` ${closely(now.a)}` : `(1 − ${closely(now.a)})`}`,
    dz: () => `${closely(now.a)} − ${size(now.y)}`,
    db: () => `${before("db")} + ${inside(now.dz)}`,
  };
  return to(found[key]());
}

// The cells that a line reads: [turn, name], a sum as the turn before has left it.
export function used({ inputs, slopes, m }, key, turn) {
  const own = (...names) => names.map((name) => [turn, name]);
  const sum = turn > 0 ? [[turn - 1, key]] : [];
  if (key === "zero") return [];
  if (key === "mean") return ["J", ...slopes, "db"].map((name) => [m - 1, name]);
  const x = inputs[slopes.indexOf(key)];
  if (x) return [...own(x, "dz"), ...sum];
  const found = {
    z: own(...inputs),
    a: own("z"),
    J: [...own("a", "y"), ...sum],
    dz: own("a", "y"),
    db: [...own("dz"), ...sum],
  };
  return found[key];
}

export function low(name) {
  return name.replace(/\d+/, (digits) => subscript(digits));
}

function inside(value) {
  return value < 0 ? `(${size(value)})` : size(value);
}
