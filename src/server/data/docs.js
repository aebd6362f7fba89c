// Draws openapi.json as a page: routes by subject, with parameters, bodies and answers.
'use strict';

function element(name, text, parent) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function shownSchema(schema) {
  return JSON.stringify(schema, null, 2);
}

function addTable(parent, heading, rows) {
  if (rows.length === 0) return;
  element('h4', heading, parent);
  const table = element('table', undefined, parent);
  for (const cells of rows) {
    const row = element('tr', undefined, table);
    for (const cell of cells) element('td', cell, row);
  }
}

function addBody(parent, heading, content) {
  for (const [type, { schema }] of Object.entries(content || {})) {
    element('h4', `${heading}: ${type}`, parent);
    element('pre', shownSchema(schema), parent);
  }
}

function addRoute(parent, method, path, operation) {
  const details = element('details', undefined, parent);
  const summary = element('summary', undefined, details);
  element('span', method.toUpperCase(), summary).className = 'method';
  element('code', path, summary);
  element('span', ` ${operation.summary}`, summary);
  const parameters = (operation.parameters || []).map((parameter) =>
    [parameter.name, parameter.in, JSON.stringify(parameter.schema), parameter.description || '']);
  addTable(details, 'Parameters', parameters);
  if (operation.requestBody) addBody(details, 'Body', operation.requestBody.content);
  addTable(details, 'Answers', Object.entries(operation.responses).map(([status, response]) =>
    [status, response.description, Object.keys(response.content || {}).join(', ')]));
}

async function draw() {
  const description = await (await fetch('openapi.json')).json();
  const main = document.getElementById('routes');
  const sections = new Map();
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0];
      if (!sections.has(tag)) {
        const section = element('section', undefined, main);
        element('h2', tag, section);
        sections.set(tag, section);
      }
      addRoute(sections.get(tag), method, path, operation);
    }
  }
  const section = element('section', undefined, main);
  element('h2', 'Schemas', section);
  for (const [name, schema] of Object.entries(description.components.schemas)) {
    const details = element('details', undefined, section);
    element('summary', name, details);
    element('pre', shownSchema(schema), details);
  }
}

draw();
