// The codes come with the API document, which has them from the modules' error enums.
const cell = (row, name, text) => {
  const made = row.appendChild(document.createElement(name));
  made.textContent = text;
  return made;
};
fetch('/openapi?format=JSON')
  .then((answer) => answer.json())
  .then((api) => {
    const place = document.getElementById('problems');
    const groups = Object.keys(api).filter((key) => key.startsWith('x-problems-'));
    // Orders first, what every module may answer last.
    const rank = (group) => (group === 'x-problems-order' ? 0 : group === 'x-problems-hub' ? 2 : 1);
    groups.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
    for (const group of groups) {
      const name = group.substring('x-problems-'.length);
      cell(place, 'h2', name === 'hub' ? 'every module' : name);
      const table = place.appendChild(document.createElement('table'));
      const head = table.createTHead().insertRow();
      ['Code', 'HTTP', 'What it means', 'What to do'].forEach((title) => cell(head, 'th', title));
      const body = table.createTBody();
      for (const [code, problem] of Object.entries(api[group])) {
        const row = body.insertRow();
        row.id = code;
        cell(row.insertCell(), 'code', code);
        cell(row, 'td', problem.status);
        cell(row, 'td', problem.title);
        cell(row, 'td', problem.advice);
      }
    }
    // The rows came after the address was followed.
    if (location.hash) {
      const row = document.getElementById(location.hash.substring(1));
      if (row) {
        row.scrollIntoView({block: 'center'});
        row.className = 'asked';
      }
    }
  });
