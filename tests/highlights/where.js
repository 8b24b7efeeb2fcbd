// The letters that stand in the window: [its middle from the left, from the top, 1 if it is the sentence's], in pixels.
// Letters alone are compared, so that neither blanks nor tags matter. Of several places the one counts whose
// neighbours are the most like the sentence's own in the article: [sentence, what stands before, what stands after].
([sentence, before, after]) => {
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const letters = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let all = "";
    const spots = [];
    for (let node; (node = walker.nextNode()); ) {
      const parent = node.parentElement;
      if (parent.closest("script,style,noscript,template,textarea,select") || !parent.getClientRects().length) continue;
      let at = 0;
      for (const letter of node.data) {
        const folded = plain(letter);
        all += folded;
        for (let i = 0; i < folded.length; i++) spots.push([node, at, at + letter.length]);
        at += letter.length;
      }
    }
    return [all, spots];
  };
  const alike = (left, right) => {
    let count = 0;
    while (count < left.length && left[count] === right[count]) count++;
    return count;
  };
  const turned = (text) => [...text].reverse().join("");
  const [all, spots] = (window.letters ??= letters());
  const [words, lead, tail] = [sentence, before, after].map(plain);
  let best = -1, most = -1;
  for (let at = all.indexOf(words); words && at >= 0; at = all.indexOf(words, at + 1)) {
    const end = at + words.length;
    const likeness = alike(turned(all.slice(Math.max(0, at - 200), at)), turned(lead)) + alike(all.slice(end, end + 200), tail);
    if (likeness > most) [best, most] = [at, likeness];
  }
  const meant = new Map(); // of each text node, where its part of the sentence begins and ends
  for (const [node, start, end] of best < 0 ? [] : spots.slice(best, best + words.length))
    meant.set(node, [meant.get(node)?.[0] ?? start, end]);
  const found = [];
  const boxOf = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return range;
  };
  for (const node of new Set(spots.map(([node]) => node))) {
    const whole = boxOf(node, 0, node.length).getBoundingClientRect();
    if (whole.bottom < 0 || whole.top > innerHeight) continue;
    const [from, to] = meant.get(node) ?? [0, 0];
    for (const { index, 0: letter } of node.data.matchAll(/[\p{L}\p{N}]/gu)) {
      const box = boxOf(node, index, index + letter.length).getClientRects()[0];
      const [x, y] = box ? [(box.left + box.right) / 2, (box.top + box.bottom) / 2] : [-1, -1];
      if (x >= 0 && x < innerWidth && y >= 0 && y < innerHeight) found.push([x, y, index >= from && index < to ? 1 : 0]);
    }
  }
  return found;
}
