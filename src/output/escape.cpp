#include "output/escape.hpp"

#include "output/markdown.hpp"

namespace medmark::output {
namespace {

bool starts_html(std::string_view text, std::size_t position) {
  if (position + 1 >= text.size()) return false;
  const char next = text[position + 1];
  return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!' || next == '?';
}

// Whether the character begins something that CommonMark or GFM would render as other than itself.
bool is_inline_markup(std::string_view text, std::size_t i) {
  switch (text[i]) {
    case '*':
    case '`':
    case '\\':
      return true;
    case '~':
    case '$':
      return (i + 1 < text.size() && text[i + 1] == text[i]) || (i > 0 && text[i - 1] == text[i]);
    case '[':
      return text.find("](", i) != std::string_view::npos;
    case '<':
      return starts_html(text, i);
    default:
      return false;
  }
}

bool is_only(std::string_view line, std::string_view characters) {
  return !line.empty() && line.find_first_not_of(characters) == std::string_view::npos;
}

// Marks at the start of a line: a heading, a quotation, a rule or an underline for a heading (setext).
bool starts_block_markup(std::string_view line) {
  if (line.empty()) return false;
  if (line.front() == '#') {
    const std::size_t end = line.find_first_not_of('#');
    return end == std::string_view::npos || line[end] == ' ';
  }
  return line.front() == '>' || line.front() == '|' || is_only(line, "- ") || is_only(line, "_ ") || is_only(line, "=");
}

}  // namespace

std::size_t script_tag_length(std::string_view text, std::size_t position) {
  for (const std::string_view tag : kScriptTags) {
    if (text.substr(position, tag.size()) == tag) return tag.size();
  }
  return 0;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t tag = script_tag_length(text, i); tag > 0) {
      out.append(text.substr(i, tag));
      i += tag;
      continue;
    }
    switch (text[i]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "<br>";
        break;
      default:
        out += text[i];
    }
    ++i;
  }
  return out;
}

std::string escape_markdown(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t tag = script_tag_length(text, i); tag > 0) {
      out.append(text.substr(i, tag));
      i += tag;
      line_start = false;
      continue;
    }
    if (line_start) {
      const std::string_view line = text.substr(i, text.find('\n', i) - i);
      if (starts_block_markup(line)) out += '\\';
    }
    if (is_inline_markup(text, i)) out += '\\';
    out += text[i];
    line_start = text[i] == '\n';
    ++i;
  }
  return out;
}

std::string escape_pipe_cell(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t tag = script_tag_length(text, i); tag > 0) {
      out.append(text.substr(i, tag));
      i += tag;
      continue;
    }
    switch (text[i]) {
      case '|':
        out += "\\|";
        break;
      case '<':
        out += "&lt;";
        break;
      case '\n':
        out += "<br>";
        break;
      case '&':  // an entity as printed stays text
        out += "&amp;";
        break;
      default:
        if (is_inline_markup(text, i)) out += '\\';
        out += text[i];
    }
    ++i;
  }
  return out;
}

}  // namespace medmark::output
