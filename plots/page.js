/* SPDX-License-Identifier: GPL-2.0-or-later */
"use strict";
(function () {
	var form = document.getElementById("choose"), rows = document.querySelectorAll("#series tbody tr");
	var said = form.querySelector("output"), selects = form.querySelectorAll("select");

	function fits(row, select) {
		var value = select.value, has = row.getAttribute("data-" + select.name);

		if (select.name === "state" && value === "changed")
			return has === "new" || has === "open" || has === "acknowledged";
		return !value || has === value;
	}

	function choose() {
		var shown = 0;

		rows.forEach(function (row) {
			row.hidden = !Array.prototype.every.call(selects, function (select) { return fits(row, select); });
			shown += !row.hidden;
		});
		said.textContent = shown + " of " + rows.length + " costs";
	}

	/* What is chosen stands behind "#", so that it can be kept and sent. */
	function keep() {
		var chosen = new URLSearchParams();

		selects.forEach(function (select) {
			if (select.value)
				chosen.set(select.name, select.value);
		});
		window.location.replace("#" + (chosen.toString() || "all"));
	}

	function restore() {
		var chosen = new URLSearchParams(window.location.hash.slice(1));

		selects.forEach(function (select) {
			select.value = chosen.get(select.name) || "";
			if (select.selectedIndex < 0)
				select.value = "";
		});
		choose();
	}

	form.hidden = false;
	form.addEventListener("submit", function (event) { event.preventDefault(); });
	form.addEventListener("change", function () { choose(); keep(); });
	window.addEventListener("hashchange", restore);
	restore();
})();
