"use strict";
// Sorts, copies and saves tables, and shows one municipality. Asks nobody for anything.
(() => {
  const words = document.body.dataset;
  const latvian = document.documentElement.lang === "lv";

  // What a cell says, without what stands small below it.
  const said = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("small").forEach((small) => small.remove());
    return copy.textContent.trim();
  };

  // The number that a text is in the language of the page; none where it is none.
  const number = (text) => {
    let bare = text.replace(/[\s\u00a0\u202f<>%+]/g, "").replace("\u2212", "-");
    bare = latvian ? bare.replace(",", ".") : bare.replace(/,/g, "");
    return /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : NaN;
  };

  // Rows of texts; the title of a group stands before each of its rows.
  const rows = (table) => {
    const found = [[...table.tHead.rows[0].cells].map(said)];
    let group = "";
    let grouped = false;
    for (const row of table.querySelectorAll("tbody:not([hidden]) > tr:not(.said)")) {
      if (row.classList.contains("group")) {
        group = said(row.cells[0]);
        grouped = true;
      } else {
        found.push([...(grouped ? [group] : []), ...[...row.cells].map(said)]);
      }
    }
    if (grouped) found[0].unshift("");
    return found;
  };

  // A number as a spreadsheet of the language reads it; a text that it would compute is made a text.
  const plain = (text) => {
    const value = number(text);
    if (!Number.isNaN(value) && !/[%<>]/.test(text)) {
      return latvian ? String(value).replace(".", ",") : String(value);
    }
    return /^[=+@\t\r-]/.test(text) ? "'" + text : text;
  };
  const line = (cells, parted) => {
    const quoted = (text) => (/["\n\t,;]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
    return cells.map((text) => quoted(plain(text))).join(parted);
  };

  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  const saved = (text, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
    link.download = name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", () => act(made));
    return made;
  };

  // Sorts by a column, the other way round when asked again; what is no number comes last.
  const sort = (table, column, head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) {
      if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
    }
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = [...table.tBodies[0].rows].map((row) => {
      const text = said(row.cells[column]);
      return { row, text, value: number(text) };
    });
    const texts = new Intl.Collator(document.documentElement.lang);
    const sign = down ? -1 : 1;
    keyed.sort((a, b) => {
      const [one, other] = [Number.isNaN(a.value), Number.isNaN(b.value)];
      if (one !== other) return one ? 1 : -1;
      return sign * (one ? texts.compare(a.text, b.text) : a.value - b.value);
    });
    table.tBodies[0].append(...keyed.map((of) => of.row));
  };

  for (const table of document.querySelectorAll("table")) {
    if (table.closest(".big, .code")) continue;
    const name = (table.caption ?? table.closest("section")?.querySelector("h2"))?.textContent ?? "";
    const tools = document.createElement("p");
    tools.className = "tools";
    const copy = button(words.copy, async (made) => {
      await copied(rows(table).map((cells) => line(cells, "\t")).join("\n"));
      made.textContent = words.copied;
      setTimeout(() => (made.textContent = words.copy), 1500);
    });
    const csv = button(words.csv, () =>
      saved(rows(table).map((cells) => line(cells, latvian ? ";" : ",")).join("\r\n"), name)
    );
    tools.append(copy, csv);
    table.parentElement.before(tools);
    if (table.tBodies.length > 1 || table.querySelector("tr.group")) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const made = button(said(head), () => sort(table, column, head));
      if (!said(head)) return;
      made.title = words.sort;
      head.replaceChildren(made);
      head.setAttribute("aria-sort", "none");
    });
  }

  // The municipality that is chosen, or that the address names.
  const pick = document.querySelector("#pick");
  if (pick) {
    const bodies = document.querySelectorAll(".mayors tbody");
    const show = (id) => bodies.forEach((body) => (body.hidden = id !== "" && body.id !== id));
    const follow = () => {
      const id = location.hash.slice(1);
      if (![...pick.options].some((option) => option.value === id)) return;
      pick.value = id;
      show(id);
    };
    pick.closest("p").hidden = false;
    pick.addEventListener("change", () => {
      show(pick.value);
      history.replaceState(null, "", "#" + (pick.value || "municipalities"));
    });
    addEventListener("hashchange", follow);
    follow();
  }
})();
