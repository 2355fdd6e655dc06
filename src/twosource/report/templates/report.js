"use strict";
(function () {
  var form = document.getElementById("filters");
  var rows = Array.prototype.slice.call(document.querySelectorAll("#claim-table tbody tr"));
  var field = function (id) { return document.getElementById(id); };
  function filter() {
    var text = field("f-text").value.trim().toLowerCase();
    var outlet = field("f-outlet").value;
    var rule = field("f-rule").value;
    var wide = field("f-wide").checked;
    var shown = 0;
    rows.forEach(function (row) {
      var fits = (!text || row.textContent.toLowerCase().indexOf(text) >= 0) &&
        (!outlet || row.dataset.outlets.indexOf("|" + outlet + "|") >= 0) &&
        (!rule || row.dataset.rule === rule) &&
        (!wide || Number(row.dataset.articles) > 1);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    field("f-count").textContent = shown + " of " + rows.length + " claims";
  }
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  filter();

  // With scripts one claim is open at a time; without them the page is one long document.
  document.body.classList.add("paged");
  function open() {
    var id = location.hash.slice(1);
    var target = id && document.getElementById(id);
    document.querySelectorAll(".pane.open").forEach(function (pane) { pane.classList.remove("open"); });
    if (!target) { return; }
    var pane = target.closest(".pane");
    if (pane) { pane.classList.add("open"); }
    if (target.tagName === "DETAILS") { target.open = true; }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", open);
  open();
})();
