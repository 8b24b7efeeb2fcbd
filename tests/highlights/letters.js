// Every letter that the page shows: [its middle from the left, from the top of the page, 1 if it is meant], in pixels.
// Meant is what stands between the comments "from" and "to", except for what is marked as unseen.
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
  const letters = [];
  let inside = 0;
  for (let node; (node = walker.nextNode()); ) {
    if (node.nodeType === Node.COMMENT_NODE) {
      inside = node.data === "from" ? 1 : node.data === "to" ? 0 : inside;
      continue;
    }
    if (node.parentElement.closest("script,style,[data-unseen]")) continue;
    for (const { index, 0: letter } of node.data.matchAll(/[\p{L}\p{N}]/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + letter.length);
      const box = range.getClientRects()[0];
      // one in a closed <details> has no box, and is nowhere to be seen
      letters.push(box ? [(box.left + box.right) / 2 + scrollX, (box.top + box.bottom) / 2 + scrollY, inside] : [-1, -1, inside]);
    }
  }
  return letters;
}
