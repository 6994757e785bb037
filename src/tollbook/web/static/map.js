// Maps without a network: land, borders and first-level divisions come with the room. An area is drawn as an area.
(() => {
  "use strict";
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const cache = new Map();
  const load = (address) => {
    if (!cache.has(address)) cache.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
    return cache.get(address);
  };
  const plain = (words) => (words || "").normalize("NFD").replace(/[\u0300-\u036f'’‘-]/g, "").toLowerCase().replace(/\b(governorate|province|oblast|region|state|district|muhafazat)\b/g, "").trim();

  async function country(code) {
    const world = await load("/static/map/world.json");
    if (!world) return null;
    const found = world.objects.countries.geometries.find((one) => one.id === code || (one.properties && one.properties.iso === code));
    return found ? topojson.feature(world, found) : null;
  }
  async function division(code, name) {
    const table = code && /^[A-Z]{2}$/.test(code) ? await load(`/static/map/divisions/${code}.json`) : null;
    if (!table) return null;
    const wanted = plain(name);
    const found = table.objects.divisions.geometries.find((one) => plain(one.properties.name) === wanted);
    return found ? topojson.feature(table, found) : null;
  }
  async function base(place, tiles, keyboard = true) {
    const map = L.map(place, { attributionControl: false, keyboard, zoomSnap: 0.25, worldCopyJump: true, minZoom: 1, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    map.setView([25, 25], 2);
    if (tiles) L.tileLayer(tiles).addTo(map);
    const world = await load("/static/map/world.json");
    if (world) L.geoJSON(topojson.feature(world, world.objects.countries), { interactive: false, style: { color: css("--soft"), weight: 0.6, fillColor: css("--paper"), fillOpacity: tiles ? 0 : 1 } }).addTo(map);
    return map;
  }
  async function lines(map, code) {
    const table = code && /^[A-Z]{2}$/.test(code) ? await load(`/static/map/divisions/${code}.json`) : null;
    if (table) L.geoJSON(topojson.mesh(table, table.objects.divisions), { interactive: false, style: { color: css("--line"), weight: 0.8, fill: false } }).addTo(map);
  }
  const ring = (review) => ({ color: css("--killed"), weight: review === "signed_off" ? 2 : 1.4, dashArray: review === "signed_off" ? null : "3 3", fillColor: css("--killed"), fillOpacity: review === "signed_off" ? 0.45 : 0.15 });
  const zone = { color: css("--other"), weight: 1.2, dashArray: "5 4", fillColor: css("--other"), fillOpacity: 0.14 };
  const say = (one) => {
    const box = document.createElement("div"), link = document.createElement("a");
    link.href = `/incidents/${one.id}`;
    link.textContent = one.title;
    box.append(link, document.createElement("br"), `${one.killed === null ? "–" : one.killed.toLocaleString(document.documentElement.lang || "en")} ${document.body.dataset.killed}`);
    return box;
  };

  async function single(place) {
    const { lat, lon, level, country: code, adm1 } = place.dataset;
    const map = await base(place, "");
    await lines(map, code);
    if (lat && (level === "locality" || level === "point")) {
      L.circleMarker([Number(lat), Number(lon)], { radius: 8, ...ring("machine") }).addTo(map);
      map.setView([Number(lat), Number(lon)], 6, { animate: false });
      return;
    }
    const area = (adm1 && level !== "country" && (await division(code, adm1))) || (await country(code));
    if (area) map.fitBounds(L.geoJSON(area, { style: zone }).addTo(map).getBounds(), { padding: [20, 20], animate: false });
  }
  async function many(place) {
    const map = await base(place, place.dataset.tiles || "");
    const spots = (await load(place.dataset.source)) || [];
    const bounds = L.latLngBounds([]), areas = new Map();
    for (const code of new Set(spots.map((one) => one.country))) await lines(map, code);
    for (const one of spots) {
      if (one.area) {
        const key = one.area === "division" ? `${one.country}|${one.adm1}` : one.country;
        areas.set(key, [...(areas.get(key) || []), one]);
      }
    }
    for (const some of areas.values()) {
      const one = some[0];
      const area = (one.area === "division" && (await division(one.country, one.adm1))) || (await country(one.country));
      if (!area) continue;
      const drawn = L.geoJSON(area, { style: zone }).addTo(map), box = document.createElement("div");
      some.slice(0, 12).forEach((each) => box.append(say(each)));
      drawn.bindPopup(box);
      bounds.extend(drawn.getBounds());
    }
    for (const one of spots) {
      if (one.lat === null) continue;
      const at = [one.lat, one.lon];
      L.circleMarker(at, { radius: 4 + Math.min(22, Math.sqrt(one.killed || 0)), ...ring(one.review) }).bindPopup(say(one)).addTo(map);
      bounds.extend(at);
    }
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.1), { maxZoom: 7, animate: false });
    place.dataset.ready = "1";
  }
  // A place to choose: what a name may mean, on a map beside the list; an area is an area here too.
  const told = (words, drawn) => {
    const [name, level, country, adm1, lat, lon] = words.split("\t");
    return { name, level, country, adm1: drawn || adm1, lat: Number(lat), lon: Number(lon), exact: level === "locality" || level === "point" };
  };
  async function shape(spot, on) {
    const look = { color: css(on ? "--focus" : "--soft"), fillColor: css(on ? "--focus" : "--soft"), weight: on ? 3 : 1.5, fillOpacity: on ? 0.3 : 0.12 };
    const area = !spot.exact && ((spot.level !== "country" && (await division(spot.country, spot.adm1 || spot.name))) || (spot.level === "country" && (await country(spot.country))));
    if (area) return L.geoJSON(area, { style: look });
    const at = [spot.lat, spot.lon]; // an area that the basemap does not have is drawn as wide as it may be
    return spot.exact ? L.circleMarker(at, { radius: on ? 9 : 6, ...look }) : L.circle(at, { radius: 40000, dashArray: "5 4", ...look });
  }
  const held = new WeakMap();
  async function choosing(choice) {
    const row = choice.closest(".place");
    let place = row.querySelector(".map");
    if (!place) {
      place = document.createElement("div");
      place.className = "map spots";
      place.setAttribute("role", "region");
      place.setAttribute("aria-label", document.body.dataset.places);
      row.append(place);
      held.set(place, { map: base(place, "", false), drawn: [] }); // the list has the keys; a map that takes the focus scrolls away under a click
    }
    const state = held.get(place), map = await state.map, turn = (state.turn = (state.turn || 0) + 1);
    const now = choice.dataset.now, known = new Map([...choice.options].map((one) => [one.value, one.dataset.drawn])), values = [...known.keys()].filter((one) => one.includes("\t"));
    const shown = values.length ? values : now ? [now] : [];
    const made = [];
    for (const value of shown) {
      const spot = told(value, known.get(value) || (value === now && choice.dataset.drawn));
      if (!Number.isFinite(spot.lat) || !Number.isFinite(spot.lon)) continue;
      const one = (await shape(spot, value === choice.value || (!values.length && value === now))).bindTooltip(spot.name);
      if (values.length) one.on("click", () => { choice.value = value; choice.dispatchEvent(new Event("change", { bubbles: true })); });
      made.push(one);
    }
    if (turn !== state.turn) return;
    state.drawn.forEach((one) => one.remove());
    state.drawn = made;
    const bounds = L.latLngBounds([]);
    made.forEach((one) => { one.addTo(map); bounds.extend(one.getBounds ? one.getBounds() : one.getLatLng()); });
    map.invalidateSize({ animate: false });
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.4), { maxZoom: 7, animate: false });
    place.dataset.ready = String(made.length);
  }
  const chosen = (event) => { if (event.target.matches && event.target.matches("select[data-now]")) choosing(event.target).catch(() => {}); };
  document.addEventListener("spots", chosen);
  document.addEventListener("change", chosen);
  document.addEventListener("toggle", (event) => {
    const choice = event.target.open && event.target.matches("details.act") && event.target.querySelector("select[data-now]");
    if (choice && choice.dataset.now) choosing(choice).catch(() => {});
  }, true);
  for (const place of document.querySelectorAll("[data-map]")) (place.dataset.source ? many(place) : single(place)).catch(() => {});
})();
