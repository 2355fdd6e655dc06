"use strict";
(function () {
  var form = document.getElementById("ff");
  var field = function (id) { return document.getElementById(id) || { value: "" }; };
  if (form) {
    var body = document.querySelector("#ctab tbody");
    var rows = Array.from(body.rows).map(function (tr, place) {
      var cell = tr.cells;
      var lines = cell[4].textContent.split("–").map(Number);
      var likely = parseInt(cell[5].textContent, 10);
      return {
        tr: tr, place: place, text: tr.textContent.toLowerCase(), key: " " + tr.dataset.k + " ",
        first: tr.dataset.f || "", last: tr.dataset.t || tr.dataset.f || "",
        articles: Number(cell[2].textContent), outlets: Number(cell[3].textContent),
        low: lines[0], high: lines[lines.length - 1],
        likely: isNaN(likely) ? lines[lines.length - 1] : likely,
        rule: cell[7].firstElementChild.className.slice(3)
      };
    });
    var orders = {
      a: function (r) { return r.articles; },
      o: function (r) { return r.outlets * 1000 + r.articles; },
      g: function (r) { return r.articles > 1 ? r.articles / Math.max(1, r.likely) : 0; },
      l: function (r) { return r.low * 1000 + r.likely; },
      d: function (r) { return Date.parse(r.last) || 0; }
    };
    var ordered = "a", ranked = rows, limit = 150;
    var more = document.createElement("button");
    more.type = "button";
    more.addEventListener("click", function () { limit = rows.length; filter(); });
    document.getElementById("ctab").after(more);
    var filter = function () {
      var words = field("f-q").value.toLowerCase().split(/\s+/).filter(Boolean);
      var keys = ["f-o", "f-w", "f-l"].map(function (id) { return field(id).value; }).filter(Boolean);
      var rule = field("f-r").value, from = field("f-f").value, to = field("f-t").value;
      var most = field("f-k").value, two = field("f-2").checked, count = 0;
      var by = field("f-s").value;
      if (by !== ordered) {
        ordered = by;
        ranked = rows.slice().sort(function (a, b) { return orders[by](b) - orders[by](a) || a.place - b.place; });
        ranked.forEach(function (r) { body.appendChild(r.tr); });
      }
      ranked.forEach(function (r) {
        var fits = words.every(function (w) { return r.text.indexOf(w) >= 0; }) &&
          keys.every(function (k) { return r.key.indexOf(" " + k + " ") >= 0; }) &&
          (!rule || r.rule === rule) && (!from || r.last >= from) && (!to || (r.first && r.first <= to)) &&
          (most === "" || r.likely <= Number(most)) && (!two || r.articles > 1);
        count += fits ? 1 : 0;
        r.tr.hidden = !fits || count > limit;
      });
      more.hidden = count <= limit;
      more.textContent = "Show all " + count;
      field("f-n").textContent = count + " of " + rows.length + " claims" + (count ? "" : ": clear a filter to see more");
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(filter, 0); });
    filter();
    document.getElementById("ctab").className = "on";
  }

  // A button beside the citation of the page that is open; the text stands there without it.
  function offer() {
    var at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var line = at && at.closest(".pn") && at.closest(".pn").querySelector(".ct");
    if (!line || line.querySelector("button")) { return; }
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy citation";
    button.addEventListener("click", function () {
      var text = line.querySelector("bdi");
      var done = function () { button.textContent = "Copied"; };
      var mark = function () { getSelection().selectAllChildren(text); if (document.execCommand("copy")) { done(); } };
      if (navigator.clipboard) { navigator.clipboard.writeText(text.textContent).then(done, mark); } else { mark(); }
    });
    line.append(" ", button);
  }
  // Which section the address is in, for those who look at the menu.
  function here() {
    var kind = { "#c": "#claims", "#s": "#sources", "#o": "#outlets", "#a": "#articles", "#m": "#method" };
    document.querySelectorAll("nav a").forEach(function (link) {
      if (link.getAttribute("href") === (kind[location.hash.slice(0, 2)] || "#claims")) { link.setAttribute("aria-current", "true"); }
      else { link.removeAttribute("aria-current"); }
    });
  }
  window.addEventListener("hashchange", function () { here(); offer(); });
  here();
  offer();
})();
