// A list of the same kind of things: named columns, some of a fixed width, and the rows that the caller draws.
import type { ReactNode } from 'react';

export interface Column {
  label: ReactNode;
  width?: number | string; // pixels, or a share
}

export function ListTable({ columns, children }: { columns: (Column | string)[]; children: ReactNode }) {
  return (
    <table className="list">
      <thead>
        <tr>
          {columns.map((column, index) => {
            const { label, width } = typeof column === 'string' ? { label: column, width: undefined } : column;
            return (
              <th key={index} scope="col" style={width === undefined ? undefined : { width }}>
                {label}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
