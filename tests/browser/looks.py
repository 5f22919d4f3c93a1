"""What every page has to hold to, as a reader sees it: contrast, headings, words for pictures, room."""

# Texts that stand out too little from what is behind them: below 4.5 to 1 (WCAG 2.2, 1.4.3). Behind a text
# of a picture is the last shape drawn before it that covers its middle, or the halo that it has itself.
CONTRAST = """(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.canvas.width = canvas.canvas.height = 1;
    const parts = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const over = (front, back, share) => front.slice(0, 3).map((part, at) => part * share + back[at] * (1 - share));
    const light = (color) => {
        const [red, green, blue] = color.map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ratio = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const chain = (element) => (element ? [...chain(element.parentElement), element] : []);
    const opacity = (element) => chain(element).reduce((all, at) => all * Number(getComputedStyle(at).opacity), 1);
    const behindHtml = (element) => chain(element).reduce((back, at) => {
        const color = parts(getComputedStyle(at).backgroundColor);
        return over(color, back, color[3]);
    }, [255, 255, 255]);
    const behindText = (text, style) => {
        if (style.stroke !== "none" && parseFloat(style.strokeWidth) > 1) return parts(style.stroke).slice(0, 3);
        const svg = text.closest("svg");
        let back = behindHtml(svg);
        const box = text.getBoundingClientRect();
        const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
        for (const shape of svg.querySelectorAll("rect, path, circle, ellipse, polygon")) {
            if (shape.closest("defs, clipPath, pattern, marker")) continue;
            if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
            const of = getComputedStyle(shape);
            const matrix = shape.getScreenCTM();
            if (of.fill === "none" || of.fill.startsWith("url") || !matrix) continue;
            if (!shape.isPointInFill(middle.matrixTransform(matrix.inverse()))) continue;
            const color = parts(of.fill);
            back = over(color, back, color[3] * Number(of.fillOpacity) * opacity(shape));
        }
        return back;
    };
    const weak = [];
    let seen = 0;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || element.closest("script, style, title, desc, noscript, option, :disabled")) continue;
        if (!element.checkVisibility() || !element.getBoundingClientRect().width) continue;
        const style = getComputedStyle(element);
        const inPicture = element.closest("svg");
        const back = inPicture ? behindText(element, style) : behindHtml(element);
        const color = parts(inPicture ? style.fill : style.color);
        const share = color[3] * opacity(element) * (inPicture ? Number(style.fillOpacity) : 1);
        const found = ratio(over(color, back, share), back);
        seen += 1;
        if (found < 4.5) weak.push(`${found.toFixed(2)} <${element.tagName}> ${node.data.trim().slice(0, 60)}`);
    }
    return { seen, weak };
})()"""

# Pictures without words: an image or a picture in the page that neither says what it shows nor is said to be
# for the eye alone.
WORDLESS = """[...document.querySelectorAll("svg, img, [role=img]")].filter((found) => {
    if (found.closest("[aria-hidden=true]")) return false;
    const said = found.closest("[role=img]");
    const words = (said ?? found).getAttribute("aria-label") || found.getAttribute("alt")
        || document.getElementById((said ?? found).getAttribute("aria-labelledby"))?.textContent;
    return !words || words.trim().length < 10;
}).map((found) => found.outerHTML.slice(0, 200))"""

# Words of a picture that lie outside of it, and words in the page that are cut off.
CUT = """(() => {
    const cut = [];
    for (const svg of document.querySelectorAll("svg")) {
        if (svg.closest("[aria-hidden=true]") || !svg.checkVisibility()) continue;
        const frame = svg.getBoundingClientRect();
        for (const text of svg.querySelectorAll("text")) {
            const box = text.getBoundingClientRect();
            const out = box.left < frame.left - 1 || box.right > frame.right + 1
                || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
            if (out && text.textContent.trim()) cut.push(`outside: ${text.textContent}`);
        }
    }
    for (const found of document.querySelectorAll("body *:not(svg *)")) {
        const style = getComputedStyle(found);
        const hides = ["hidden", "clip"].includes(style.overflowX) && found.checkVisibility();
        if (hides && found.scrollWidth > found.clientWidth + 1 && found.innerText) {
            cut.push(`cut: ${found.innerText.slice(0, 80)}`);
        }
    }
    return cut;
})()"""

# Words of a page (not of its pictures) that lie over others: boxes of lines of text, each with each.
OVERLAPPING = """(() => {
    const boxes = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || element.closest("svg, script, style, noscript, option")) continue;
        if (!element.checkVisibility()) continue;
        const pinned = chainOf(element).some((at) => ["sticky", "fixed"].includes(getComputedStyle(at).position));
        if (pinned) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const [frame] = chainOf(element).filter((at) => at.classList?.contains("scroll")).slice(-1);
        const limit = frame?.getBoundingClientRect();
        for (const box of range.getClientRects()) {
            const right = limit ? Math.min(box.right, limit.right) : box.right;
            if (right - box.left > 2 && box.height > 2) {
                boxes.push({ left: box.left, right, top: box.top, bottom: box.bottom, element, text: node.data.trim() });
            }
        }
    }
    function chainOf(element) { return element ? [...chainOf(element.parentElement), element] : []; }
    boxes.sort((a, b) => a.top - b.top);
    const over = [];
    boxes.forEach((one, at) => {
        for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
            const other = boxes[next];
            const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            const high = Math.min(one.bottom, other.bottom) - other.top;
            // Lines of one paragraph may touch by their line height.
            if (wide > 2 && high > 6) over.push(`${one.text.slice(0, 50)} | ${other.text.slice(0, 50)}`);
        }
    });
    return over;
})()"""


def holds(page, called):
    """Holds a page to all of this."""
    headings = page.evaluate("""[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter((found) => found.checkVisibility()).map((found) => [Number(found.tagName[1]), found.textContent.trim()])""")
    levels = [level for level, _ in headings]
    assert levels[:1] == [1] and levels.count(1) == 1, (called, headings)
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), (called, headings)
    assert all(text for _, text in headings), (called, headings)
    for what, script in (("without words", WORDLESS), ("cut off", CUT), ("over other words", OVERLAPPING)):
        found = page.evaluate(script)
        assert found == [], f"{called}: {what}: {found[:10]}"
    contrast = page.evaluate(CONTRAST)
    assert contrast["seen"] > 20, (called, contrast)
    assert contrast["weak"] == [], f"{called}: too weak: {contrast['weak'][:20]}"
    return contrast["seen"]
