#include "structure/tables/ruling_components.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace medmark::structure {
namespace {

bool touches(const AxisLine& horizontal, const AxisLine& vertical, double tolerance) {
  return vertical.position >= horizontal.from - tolerance && vertical.position <= horizontal.to + tolerance &&
         horizontal.position >= vertical.from - tolerance && horizontal.position <= vertical.to + tolerance;
}

// Whether one of the lines across meets `line` near `end` or beyond it.
template <typename Touch>
bool attached_at(double end, const std::vector<AxisLine>& across, double tolerance, Touch&& meets) {
  return std::any_of(across.begin(), across.end(), [&](const AxisLine& other) {
    return std::abs(other.position - end) <= tolerance && meets(other);
  });
}

std::size_t root_of(std::vector<std::size_t>& parent, std::size_t i) {
  while (parent[i] != i) {
    parent[i] = parent[parent[i]];
    i = parent[i];
  }
  return i;
}

// Adds vertical lines that meet no horizontal one but go on with those of the component: rows of groups interrupt them.
void add_loose_verticals(RulingComponent& component, const std::vector<AxisLine>& loose, double tolerance) {
  const auto by_end = [](const AxisLine& a, const AxisLine& b) { return a.to < b.to; };
  const double top = component.horizontals.front().position;
  const double bottom = std::max(component.horizontals.back().position,
                                 std::max_element(component.verticals.begin(), component.verticals.end(), by_end)->to);
  const std::vector<AxisLine> own = component.verticals;
  for (const AxisLine& line : loose) {
    if (line.from < top - tolerance || line.to > bottom + tolerance) continue;
    const bool continues = std::any_of(own.begin(), own.end(), [&](const AxisLine& other) {
      return std::abs(other.position - line.position) <= tolerance;
    });
    if (continues) component.verticals.push_back(line);
  }
  std::sort(component.verticals.begin(), component.verticals.end(),
            [](const AxisLine& a, const AxisLine& b) { return a.position < b.position; });
}

}  // namespace

void drop_stubs(RulingSet& rulings, double tolerance, double stub) {
  bool changed = true;
  while (changed) {
    const std::size_t before = rulings.horizontals.size() + rulings.verticals.size();
    std::erase_if(rulings.horizontals, [&](const AxisLine& line) {
      const auto meets = [&](const AxisLine& other) { return touches(line, other, tolerance); };
      return line.length() < stub && !(attached_at(line.from, rulings.verticals, tolerance, meets) &&
                                       attached_at(line.to, rulings.verticals, tolerance, meets));
    });
    std::erase_if(rulings.verticals, [&](const AxisLine& line) {
      const auto meets = [&](const AxisLine& other) { return touches(other, line, tolerance); };
      return line.length() < stub && !(attached_at(line.from, rulings.horizontals, tolerance, meets) &&
                                       attached_at(line.to, rulings.horizontals, tolerance, meets));
    });
    changed = rulings.horizontals.size() + rulings.verticals.size() < before;
  }
}

std::vector<RulingComponent> components_of(const RulingSet& rulings, double tolerance) {
  const std::size_t across = rulings.horizontals.size();
  std::vector<std::size_t> parent(across + rulings.verticals.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  for (std::size_t h = 0; h < across; ++h) {
    const AxisLine& line = rulings.horizontals[h];
    const auto first = std::lower_bound(rulings.verticals.begin(), rulings.verticals.end(), line.from - tolerance,
                                        [](const AxisLine& a, double x) { return a.position < x; });
    for (auto v = first; v != rulings.verticals.end() && v->position <= line.to + tolerance; ++v) {
      if (!touches(line, *v, tolerance)) continue;
      const auto index = across + static_cast<std::size_t>(v - rulings.verticals.begin());
      parent[root_of(parent, index)] = root_of(parent, h);
    }
  }
  std::vector<RulingComponent> by_root(parent.size());
  for (std::size_t i = 0; i < parent.size(); ++i) {
    RulingComponent& component = by_root[root_of(parent, i)];
    if (i < across) {
      component.horizontals.push_back(rulings.horizontals[i]);
    } else {
      component.verticals.push_back(rulings.verticals[i - across]);
    }
  }
  std::vector<AxisLine> loose;
  for (const RulingComponent& component : by_root) {
    if (component.horizontals.empty())
      loose.insert(loose.end(), component.verticals.begin(), component.verticals.end());
  }
  std::erase_if(by_root, [](const RulingComponent& c) { return c.horizontals.empty() || c.verticals.empty(); });
  for (RulingComponent& component : by_root) add_loose_verticals(component, loose, tolerance);
  return by_root;
}

}  // namespace medmark::structure
