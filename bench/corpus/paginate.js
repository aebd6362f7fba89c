// Deals the blocks of #source out to pages as a word processor would, and answers where each came to stand (CSS pixels
// from the page's corner). A block that fits no page, or sticks out of its line, is an error. `regions` are what an eye
// sees as one thing, by class: blocks without the empty paper beside their words, captions, furniture, the seal.
(() => {
  const source = document.getElementById('source');
  const template = document.getElementById('page');
  const pages = [];
  let body;
  const openPage = () => {
    const page = template.content.firstElementChild.cloneNode(true);
    document.body.appendChild(page);
    pages.push(page);
    body = page.querySelector('.body');
  };
  const overflows = () => body.scrollHeight > body.clientHeight + 1;

  const textNodes = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  };
  // A copy of the paragraph with only the characters [from, to).
  const excerpt = (paragraph, from, to) => {
    const copy = paragraph.cloneNode(true);
    let position = 0;
    for (const node of textNodes(copy)) {
      const length = node.data.length;
      node.data = node.data.slice(Math.max(0, from - position), Math.max(0, to - position));
      position += length;
    }
    return copy;
  };
  const splitParagraph = (paragraph) => {
    const length = paragraph.textContent.length;
    paragraph.remove();
    let low = 0, high = length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      const trial = excerpt(paragraph, 0, middle);
      body.appendChild(trial);
      if (overflows()) high = middle; else low = middle;
      trial.remove();
    }
    if (low < 30 || length - low < 20) return null;
    body.appendChild(excerpt(paragraph, 0, low));
    const rest = excerpt(paragraph, low, length);
    rest.classList.add('goes-on');
    return rest;
  };
  // Splits a row whose long cells do not fit: what fits stays, the rest goes on in a row of otherwise empty cells.
  const splitRow = (row) => {
    const cells = [...row.cells];
    if (!cells.some((cell) => cell.textContent.length > 80)) return null;
    const lengths = cells.map((cell) => cell.textContent.length);
    const shown = (share) => {
      const copy = row.cloneNode(true);
      cells.forEach((cell, i) => {
        if (lengths[i] > 80) copy.cells[i].replaceWith(excerpt(cell, 0, Math.round(lengths[i] * share)));
      });
      return copy;
    };
    const parent = row.parentNode;
    row.remove();
    let low = 0, high = 1;
    for (let step = 0; step < 9; ++step) {
      const middle = (low + high) / 2;
      const trial = shown(middle);
      parent.appendChild(trial);
      if (overflows()) high = middle; else low = middle;
      trial.remove();
    }
    if (low < 0.15 || low > 0.85) {
      parent.appendChild(row);
      return null;
    }
    parent.appendChild(shown(low));
    const rest = row.cloneNode(true);
    cells.forEach((cell, i) => {
      if (lengths[i] > 80) rest.cells[i].replaceWith(excerpt(cell, Math.round(lengths[i] * low), lengths[i]));
      else rest.cells[i].textContent = '';
    });
    return rest;
  };
  const splitTable = (block) => {
    const rows = [...block.querySelectorAll('tbody > tr')];
    const rest = block.cloneNode(true);
    rest.querySelector('caption')?.remove();
    if (block.dataset.repeat !== 'yes') rest.querySelector('thead')?.remove();
    const target = rest.querySelector('tbody');
    target.replaceChildren();
    let kept = rows.length;
    while (overflows() && kept > 0) target.prepend(rows[--kept]);
    if (block.dataset.breakRows === 'yes' && kept > 0 && kept < rows.length) {
      const row = rows[kept];
      block.querySelector('tbody').appendChild(row);
      const going = splitRow(row);
      target.prepend(going ?? row);
      return rest;
    }
    const crossed = () => rows.slice(0, kept).some((row, i) =>
      [...row.cells].some((cell) => i + cell.rowSpan > kept));
    while (kept > 0 && crossed()) target.prepend(rows[--kept]);
    if (kept < 3) {
      block.querySelector('tbody').append(...rows.slice(kept));
      return null;
    }
    return rest;
  };

  openPage();
  let queue = [...source.children];
  while (queue.length) {
    const block = queue.shift();
    if (block.classList.contains('page-break')) {
      openPage();
      continue;
    }
    body.appendChild(block);
    if (!overflows()) continue;
    let rest = null;
    if (block.classList.contains('splittable')) rest = splitTable(block);
    else if (block.matches('p.block')) rest = splitParagraph(block);
    if (rest) {
      openPage();
      queue.unshift(rest);
      continue;
    }
    block.remove();
    const taken = [block];
    while (body.lastElementChild?.matches('h1,h2,h3,h4,h5,h6')) {
      taken.unshift(body.lastElementChild);
      body.lastElementChild.remove();
    }
    if (!body.children.length) throw new Error('a block is larger than a page: ' + block.textContent.slice(0, 80));
    openPage();
    queue = [...taken, ...queue];
  }
  source.remove();

  const union = (boxes) => ({left: Math.min(...boxes.map((b) => b.left)), top: Math.min(...boxes.map((b) => b.top)),
    right: Math.max(...boxes.map((b) => b.right)), bottom: Math.max(...boxes.map((b) => b.bottom))});
  const rangeBoxes = (range) => [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
  const textBoxes = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return rangeBoxes(range);
  };
  // The words of a block, parted where they go on at the head of the next column.
  const textParts = (element) => {
    const parts = [];
    for (const box of textBoxes(element)) {
      const last = parts.at(-1)?.at(-1);
      if (!last || box.bottom < last.top - 12) parts.push([]);
      parts.at(-1).push(box);
    }
    return parts.map(union);
  };
  const CAPTIONS = {CAPTION: 'table_caption', FIGCAPTION: 'figure_caption'};
  const regionsOf = (block) => {
    const found = [];
    const add = (type, boxes) => boxes.length && found.push({type, box: union(boxes)});
    const boxesOf = (selector) => [...block.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
    if (block.matches('h1,h2,h3,h4,h5,h6')) add('title', textBoxes(block));
    else if (block.matches('p')) textParts(block).forEach((box) => add('paragraph', [box]));
    else if (block.matches('.pairs')) add('key_value', textBoxes(block));
    else if (block.matches('.tabular')) add('table', boxesOf('tr'));
    else if (block.matches('figure')) add('figure', boxesOf(':scope > img, :scope > svg'));
    else if (block.matches('.formula')) add('formula', boxesOf('math > *'));
    for (const caption of block.querySelectorAll('caption,figcaption')) add(CAPTIONS[caption.tagName], textBoxes(caption));
    return found;
  };
  // Pieces of a running header or footer that wide gaps part; which of them are the page's number stands in the template.
  const furnitureOf = (node, raw, type) => {
    const numbered = raw.split(/\s{3,}/).map((piece) => piece.includes('{page}'));
    const others = [];
    const found = [];
    [...node.data.matchAll(/\S+(?:\s{1,2}\S+)*/g)].forEach((piece, i) => {
      const range = document.createRange();
      range.setStart(node, piece.index);
      range.setEnd(node, piece.index + piece[0].length);
      const boxes = rangeBoxes(range);
      if (!boxes.length) return;
      if (numbered[i]) found.push({type: 'page_number', box: union(boxes)});
      else others.push(...boxes);
    });
    if (others.length) found.push({type, box: union(others)});
    return found;
  };

  const answer = {pages: pages.length, parts: [], headers: [], footers: [], regions: []};
  pages.forEach((page, index) => {
    const seen = [];
    for (const place of page.querySelectorAll('.head,.foot')) {
      for (const node of textNodes(place)) {
        const raw = node.data;
        node.data = node.data.replaceAll('{page}', index + 1).replaceAll('{pages}', pages.length);
        if (node.data.trim()) seen.push(...furnitureOf(node, raw.trim(), place.matches('.head') ? 'header' : 'footer'));
      }
    }
    answer.headers.push(page.querySelector('.head').textContent.trim());
    answer.footers.push(page.querySelector('.foot').textContent.trim());
    const origin = page.getBoundingClientRect();
    const points = (box) =>
      [box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top]
        .map((value) => Math.round(value * 7.5) / 10);
    const inner = page.querySelector('.body');
    if (inner.scrollHeight > inner.clientHeight + 1 || inner.scrollWidth > inner.clientWidth + 1) {
      throw new Error('the content sticks out of page ' + index);
    }
    for (const block of page.querySelectorAll('[data-id]')) {
      answer.parts.push({id: Number(block.dataset.id), page: index, box: points(block.getBoundingClientRect()),
                         rows: block.querySelectorAll('tbody > tr').length});
      seen.push(...regionsOf(block));
    }
    for (const seal of page.querySelectorAll('.seal img')) seen.push({type: 'seal', box: seal.getBoundingClientRect()});
    answer.regions.push(...seen.map(({type, box}) => ({page: index, type, box: points(box)})));
  });
  return answer;
})()
