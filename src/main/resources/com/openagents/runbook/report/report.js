'use strict';
(() => {
  const form = document.getElementById('tools');
  const find = document.getElementById('find');
  const shown = document.getElementById('shown');
  const unfold = document.getElementById('unfold');
  const scenarios = [...document.querySelectorAll('details.sc')];
  const all = () => [...document.querySelectorAll('main details')];
  const texts = new Map();
  const text = (scenario) => {
    if (!texts.has(scenario)) texts.set(scenario, scenario.textContent.toLowerCase());
    return texts.get(scenario);
  };
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = new Set([...form.querySelectorAll('input:checked')].map((box) => box.value));
    let count = 0;
    for (const scenario of scenarios) {
      const match = verdicts.has(scenario.dataset.v) && words.every((word) => text(scenario).includes(word));
      scenario.hidden = !match;
      if (match) count += 1;
    }
    for (const part of document.querySelectorAll('section.part')) {
      part.hidden = !part.querySelector('details.sc:not([hidden])');
    }
    shown.textContent = count + ' of ' + scenarios.length + ' shown';
  };
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let node = target; node; node = node.parentElement) {
      node.hidden = node.hidden && node.id === 'tools';
      if (node.tagName === 'DETAILS') node.open = true;
    }
    if (target) target.scrollIntoView();
  };
  let before = [];
  addEventListener('beforeprint', () => {
    before = all().filter((fold) => !fold.open);
    before.forEach((fold) => { fold.open = true; });
  });
  addEventListener('afterprint', () => before.forEach((fold) => { fold.open = false; }));
  addEventListener('hashchange', reveal);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', filter);
  unfold.addEventListener('click', () => {
    const open = scenarios.some((scenario) => !scenario.open);
    scenarios.forEach((scenario) => { scenario.open = open; });
    unfold.textContent = open ? 'Close all' : 'Open all';
  });
  if (scenarios.length > 1) {
    form.hidden = false;
    filter();
  }
  if (location.hash) reveal();
})();
