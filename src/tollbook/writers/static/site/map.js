// Maps without a network, as in the room: land, borders and divisions come with the site. An area is drawn as an area.
(() => {
  "use strict";
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const world = () => tollbook.load("map/world", "assets/map/world");
  const divisions = (code) => (/^[A-Z]{2}$/.test(code || "") ? tollbook.load(`map/${code}`, `assets/map/${code}`) : Promise.resolve(null));
  const one = async (file, object, fits) => {
    const table = await file;
    const found = table && table.objects[object].geometries.find(fits);
    return found ? topojson.feature(table, found) : null;
  };
  const area = async (code, name) =>
    (name && (await one(divisions(code), "divisions", (g) => g.properties.name === name))) ||
    one(world(), "countries", (g) => g.id === code);
  async function base(place) {
    const map = L.map(place, { attributionControl: false, zoomSnap: 0.25, worldCopyJump: true, minZoom: 1, zoomAnimation: !still, scrollWheelZoom: false });
    map.setView([25, 25], 2);
    const table = await world();
    if (table) L.geoJSON(topojson.feature(table, table.objects.countries), { interactive: false, style: { color: css("--soft"), weight: 0.6, fillColor: css("--paper"), fillOpacity: 1 } }).addTo(map);
    return map;
  }
  async function lines(map, code) {
    const table = await divisions(code);
    if (table) L.geoJSON(topojson.mesh(table, table.objects.divisions), { interactive: false, style: { color: css("--line"), weight: 0.8, fill: false } }).addTo(map);
  }
  const ring = (sure) => ({ color: css("--killed"), weight: sure ? 2 : 1.4, dashArray: sure ? null : "3 3", fillColor: css("--killed"), fillOpacity: sure ? 0.45 : 0.15 });
  const zone = () => ({ color: css("--other"), weight: 1.2, dashArray: "5 4", fillColor: css("--other"), fillOpacity: 0.14 });
  function told(place) {
    const box = document.createElement("div"), name = document.createElement("b");
    name.textContent = place.name;
    box.append(name);
    for (const [path, title, figure] of place.incidents) {
      const link = document.createElement("a");
      link.href = tollbook.root + path;
      link.textContent = title;
      box.append(document.createElement("br"), link, figure ? ` – ${figure}` : "");
    }
    const rest = place.count - place.incidents.length;
    if (rest > 0) {
      const link = document.createElement("a");
      link.href = `${tollbook.root}search.html?${new URLSearchParams({ q: place.name })}`;
      link.textContent = `and ${rest.toLocaleString("en")} more`;
      box.append(document.createElement("br"), link);
    }
    return box;
  }
  async function single(place) {
    const { lat, lon, country, division } = place.dataset;
    const map = await base(place);
    await lines(map, country);
    if (lat) {
      L.circleMarker([Number(lat), Number(lon)], { radius: 8, ...ring(true) }).addTo(map);
      map.setView([Number(lat), Number(lon)], 6, { animate: false });
      return;
    }
    const found = await area(country, division);
    if (found) map.fitBounds(L.geoJSON(found, { style: zone() }).addTo(map).getBounds(), { padding: [20, 20], animate: false });
  }
  async function many(place) {
    const map = await base(place), told_of = (await tollbook.load("map/places")) || { places: [], lines: [] };
    const bounds = L.latLngBounds([]);
    for (const code of told_of.lines) await lines(map, code);
    for (const each of told_of.places.filter((p) => p.lat === null)) {
      const found = await area(each.country, each.division);
      if (!found) continue;
      const drawn = L.geoJSON(found, { style: zone() }).bindPopup(() => told(each)).addTo(map);
      bounds.extend(drawn.getBounds());
    }
    // from afar a circle is smaller, so that places are not hidden under one another
    const radius = (each) => (4 + Math.min(22, Math.sqrt(each.most))) * Math.min(1, 0.3 + map.getZoom() / 8);
    const rings = [];
    for (const each of told_of.places.filter((p) => p.lat !== null)) {
      const at = [each.lat, each.lon];
      rings.push([each, L.circleMarker(at, { radius: radius(each), ...ring(each.sure) }).bindPopup(() => told(each)).addTo(map)]);
      bounds.extend(at);
    }
    map.on("zoomend", () => rings.forEach(([each, ring]) => ring.setRadius(radius(each))));
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.1), { maxZoom: 7, animate: false });
  }
  for (const place of document.querySelectorAll("[data-map]"))
    (place.dataset.map ? many(place) : single(place)).catch(() => {}).finally(() => { place.dataset.ready = "1"; });
})();
