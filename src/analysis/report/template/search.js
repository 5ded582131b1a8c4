(() => {
  const place = document.getElementById("search");
  const issues = [...document.querySelectorAll("[data-issue]")];
  const label = document.createElement("label");
  label.textContent = "Search in titles ";
  const field = document.createElement("input");
  field.type = "search";
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  label.append(field);
  place.append(label, count);
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const issue of issues) {
      const title = issue.dataset.issue.toLowerCase();
      issue.hidden = !words.every((word) => title.includes(word));
      shown += !issue.hidden;
    }
    for (const group of document.querySelectorAll("[data-topic]")) {
      group.hidden = !group.querySelector("[data-issue]:not([hidden])");
    }
    count.textContent = words.length ? ` ${shown} of ${issues.length} issues` : "";
  });
})();
