// Formulas: the part of LaTeX that the notes' derivations need, as MathML, with numbers put in.

const SIGNS = {
  "\\cdot": "·",
  "\\le": "≤",
  "\\ne": "≠",
  "\\partial": "∂",
  "\\sum": "∑",
  "\\times": "×",
  "-": "−",
};
const LETTERS = {
  "\\sigma": "σ",
  "\\pi": "π",
  "\\L": "ℒ",
  "\\alpha": "α",
  "\\beta": "β",
  "\\theta": "θ",
  "\\epsilon": "ε",
};
const WORDS = /^\\(tanh|log|max|sum)$/;
const TOKEN = /\\num\{[^}]*\}|\\text\{[^}]*\}|\\[A-Za-z]+|[0-9][0-9.,]*|\s+|./gu;

// The markup of a formula.
export function formula(tex) {
  const tokens = tex.match(TOKEN).filter((token) => token.trim());
  return `<math>${row(tokens)}</math>`;
}

// A formula with @a, @z, ... as numbers, in brackets where a sign or a power of ten needs them.
export function filled(template, numbers) {
  return template.replace(/@([a-z])/g, (_, name) => {
    const text = numbers[name];
    return /^−|×/.test(text) ? `(\\num{${text}})` : `\\num{${text}}`;
  });
}

function row(tokens) {
  const parts = [];
  while (tokens.length && tokens[0] !== "}") parts.push(scripted(tokens));
  return `<mrow>${parts.join("")}</mrow>`;
}

function scripted(tokens) {
  const base = atom(tokens);
  let above = "";
  let below = "";
  let primes = "";
  for (;;) {
    if (tokens[0] === "′" || tokens[0] === "'") {
      primes += '<mo lspace="0" rspace="0">′</mo>';
      tokens.shift();
    } else if (tokens[0] === "^") {
      tokens.shift();
      above += atom(tokens);
    } else if (tokens[0] === "_") {
      tokens.shift();
      below = atom(tokens);
    } else break;
  }
  if (primes && !above && !below) return `<mrow>${base}${primes}</mrow>`;
  above = primes + above;
  if (above && below) return `<msubsup>${base}${below}<mrow>${above}</mrow></msubsup>`;
  if (above) return `<msup>${base}<mrow>${above}</mrow></msup>`;
  return below ? `<msub>${base}${below}</msub>` : base;
}

function atom(tokens) {
  const token = tokens.shift();
  if (token === "{") {
    const inner = row(tokens);
    tokens.shift();
    return inner;
  }
  if (token === "\\frac" || token === "\\tfrac") {
    const above = atom(tokens);
    return `<mfrac>${above}${atom(tokens)}</mfrac>`;
  }
  if (token === "\\mathcal") return `<mi>${tokens.splice(0, 3)[1] === "L" ? "ℒ" : ""}</mi>`;
  if (token === "\\sqrt") return `<msqrt>${atom(tokens)}</msqrt>`;
  if (token === "\\left" || token === "\\right") return atom(tokens);
  if (token.startsWith("\\num")) return `<mn>${token.slice(5, -1)}</mn>`;
  if (token.startsWith("\\text")) return `<mtext>${token.slice(6, -1)}</mtext>`;
  if (WORDS.test(token) && !SIGNS[token]) return `<mi>${token.slice(1)}</mi>`;
  if (LETTERS[token]) return `<mi>${LETTERS[token]}</mi>`;
  if (/^[0-9]/.test(token)) return `<mn>${token}</mn>`;
  if (/^\p{L}$/u.test(token)) return `<mi>${token}</mi>`;
  return `<mo stretchy="false">${SIGNS[token] ?? token}</mo>`;
}
