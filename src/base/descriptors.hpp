// The process's limit of open files.
#pragma once

namespace medmark::base {

// Raises the soft limit to the hard one: each picture of a joined folder and each waiting client takes a descriptor.
// Does nothing where the system refuses. Not thread-safe with other changes of limits; called when a process starts.
void raise_descriptor_limit();

}  // namespace medmark::base
