// What the first selector that fits anything shows, also within components.
export function found(selectors) {
  const roots = [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot)];
  for (const selector of selectors) {
    for (const root of roots) {
      const all = [...(root?.querySelectorAll(selector) ?? [])];
      const seen = all.find((element) => element.checkVisibility());
      if (seen) return seen;
    }
  }
  return null;
}
