// The page for what-if questions: moving a lever asks again, with few draws first, then with more while
// nobody moves anything. Without this script the same form has a button. Nothing is asked of any other site.
"use strict";
(() => {
  const FIRST = 64;
  const TIMES = 4;
  const SETTLED = 120; // milliseconds without a move before something is asked
  const BETWEEN = 300; // milliseconds between two looks at the progress
  const REACHED = "a[href], summary, [tabindex]"; // what a result has for the focus

  const books = document.getElementById("books");
  if (books) mindTheMost(books);
  const form = document.getElementById("levers");
  if (!form) return;
  const status = document.getElementById("status");
  const [words, bar, cancel] = status.children;
  let asked = null; // what is being asked, to be given up when something newer is
  let soon = 0;

  const numbers = [...form.querySelectorAll("input[type=number]")];
  for (const number of numbers) {
    const slider = number.nextElementSibling;
    slider.hidden = false;
    slider.addEventListener("input", () => {
      number.value = slider.value;
      moved();
    });
    number.addEventListener("input", () => {
      if (number.validity.valid) slider.value = number.value;
      moved();
    });
    // A slider stands at round values; a number that is none of them is kept until the slider is moved.
    slider.addEventListener("dblclick", () => {
      number.value = slider.value = number.dataset.present;
      moved();
    });
  }
  mark();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) ask(FIRST);
  });
  cancel.addEventListener("click", () => {
    clearTimeout(soon);
    if (asked) asked.abort();
    asked = null;
    say(status.dataset.stopped, false);
    result().classList.remove("old");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#further");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(Number(result().dataset.draws) * TIMES);
  });
  if (form.dataset.goesOn === "true") further();

  function result() {
    return document.getElementById("result");
  }

  function mark() {
    for (const number of numbers) {
      const is = number.valueAsNumber !== Number(number.dataset.present);
      number.parentElement.classList.toggle("moved", is);
    }
  }

  function moved() {
    mark();
    clearTimeout(soon);
    if (form.checkValidity()) soon = setTimeout(() => ask(FIRST), SETTLED);
  }

  // What is picked, what is moved, and so many draws; no more than the scenario has.
  function query(draws) {
    const values = new URLSearchParams();
    for (const hidden of form.querySelectorAll("input[type=hidden]")) {
      values.append(hidden.name, hidden.value);
    }
    for (const number of numbers) {
      if (number.valueAsNumber !== Number(number.dataset.present)) {
        values.append(number.name, number.value);
      }
    }
    values.append("draws", String(Math.min(draws, Number(result().dataset.own))));
    return values.toString();
  }

  function further() {
    const { draws, own } = result().dataset;
    if (Number(draws) < Number(own)) ask(Number(draws) * TIMES);
    else rest();
  }

  // Nothing is asked any more.
  function rest() {
    handOn();
    status.hidden = true;
  }

  // A button that goes gives the focus to the one that asks again.
  function handOn() {
    if (document.activeElement !== cancel) return;
    const next = form.querySelector("button") ?? document.getElementById("further");
    next?.focus({ preventScroll: true });
  }

  async function ask(draws) {
    clearTimeout(soon);
    if (asked) asked.abort();
    const mine = (asked = new AbortController());
    const text = query(draws);
    if (draws <= FIRST) result().classList.add("old");
    say(status.dataset.working, true);
    const looks = setInterval(() => look(text, mine), BETWEEN);
    try {
      const answer = await fetch("/part?" + text, { signal: mine.signal });
      const page = await answer.text();
      if (asked !== mine) return;
      if (answer.status === 503) {
        say(status.dataset.busy, true);
        soon = setTimeout(() => ask(draws), 1000 + 500 * Math.random());
        return;
      }
      const isShown = show(page);
      asked = null;
      if (isShown) further();
      else rest();
    } catch (error) {
      if (asked !== mine) return;
      asked = null;
      say(status.dataset.lost, false);
    } finally {
      clearInterval(looks);
    }
  }

  // Puts a result in the place of the one before, and the focus and what was scrolled where they were. Says
  // whether there are figures: a page that says why there are none has no result, and its own words are put
  // in place.
  function show(page) {
    const found = new DOMParser().parseFromString(page, "text/html");
    const old = result();
    const open = [...old.querySelectorAll("details")].map((details) => details.open);
    const fresh = found.getElementById("result");
    if (!fresh) {
      old.replaceChildren(...found.querySelectorAll("main > *"));
      old.classList.remove("old");
      return false;
    }
    fresh.querySelectorAll("details").forEach((details, at) => (details.open = Boolean(open[at])));
    const focus = [...old.querySelectorAll(REACHED)].indexOf(document.activeElement);
    const scrolled = [...old.querySelectorAll(".scroll")].map((found) => found.scrollLeft);
    old.replaceWith(fresh);
    fresh.querySelectorAll(".scroll").forEach((found, at) => (found.scrollLeft = scrolled[at] ?? 0));
    if (focus >= 0) fresh.querySelectorAll(REACHED)[focus]?.focus({ preventScroll: true });
    history.replaceState(null, "", "/view?" + fresh.dataset.query);
    const other = document.getElementById("other");
    const turned = new URLSearchParams(fresh.dataset.query);
    turned.set("lang", other.lang);
    other.href = "/view?" + turned;
    return !("failed" in fresh.dataset);
  }

  async function look(text, mine) {
    try {
      const answer = await fetch("/progress?" + text, { signal: mine.signal });
      const { done, of } = await answer.json();
      if (asked === mine && of) bar.value = done / of;
    } catch (error) {
      // The answer itself tells more.
    }
  }

  function say(what, isWorking) {
    status.hidden = false;
    words.textContent = what;
    if (!isWorking) handOn();
    bar.hidden = cancel.hidden = !isWorking;
    bar.removeAttribute("value");
  }

  // No more policies can be ticked than can be shown.
  function mindTheMost(list) {
    const boxes = [...list.querySelectorAll("input[type=checkbox]")];
    const button = list.querySelector("button");
    const mind = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      for (const box of boxes) box.disabled = !box.checked && ticked >= Number(list.dataset.most);
      button.disabled = ticked === 0;
    };
    list.addEventListener("change", mind);
    mind();
  }
})();
