// A shape as it is typed: its lengths, or in a sentence what is the matter with it.

export function typed(text, { most, longest }) {
  const bare = text.replace(/\s/g, "");
  if (!bare) return { problem: "Type a shape, such as (4, 1)." };
  const inside = bare.replace(/^\((.*)\)$/, "$1");
  if (!inside) return { shape: [] };
  if (/[()[\]]/.test(inside)) return { problem: "A bracket too many, or one is missing." };
  if (/^\d+$/.test(inside))
    return {
      problem: `To Python (${inside}) is just the number ${inside}: a list has the shape (${inside},).`,
    };
  const parts = inside.replace(/,$/, "").split(",");
  if (!parts.every((part) => /^\d+$/.test(part)))
    return { problem: "A shape is whole numbers with commas between, such as (4, 1)." };
  if (parts.length > most) return { problem: `At most ${most} axes fit here.` };
  const shape = parts.map(Number);
  if (shape.some((length) => length < 1 || length > longest))
    return { problem: `Lengths from 1 to ${longest} fit here.` };
  return { shape };
}

// A shape as Python writes it: (3,), (3, 4), ().
export function asTuple(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
