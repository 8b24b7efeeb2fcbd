// Where a sentence stands in the window: the boxes of its text, from its first letter to its last.
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
  const boxes = [];
  for (let at = best; best >= 0 && at < best + words.length; ) {
    let last = at;
    while (last + 1 < best + words.length && spots[last + 1][0] === spots[at][0]) last++;
    const range = document.createRange();
    range.setStart(spots[at][0], spots[at][1]);
    range.setEnd(spots[last][0], spots[last][2]);
    for (const box of range.getClientRects()) boxes.push([box.left, box.top, box.right, box.bottom]);
    at = last + 1;
  }
  return boxes;
}
