// Shows docs/first-order.md: one text for the repository and for /docs.
fetch('/docs/first-order.md')
  .then((answer) => answer.text())
  .then((text) => {
    // Links of the repository lead nowhere here.
    document.getElementById('text').innerHTML = marked.parse(text.replace(/\[([^\]]+)\]\((?!https?:|\/)[^)]+\)/g, '$1'));
  });
