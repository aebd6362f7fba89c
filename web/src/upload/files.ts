// The files of a drop or a choice, folders opened, what the engine cannot read left out.
const READABLE = new Set(['pdf', 'jpg', 'jpeg', 'png', 'tif', 'tiff', 'bmp', 'webp', 'docx', 'pptx', 'doc', 'ppt']);

export interface ChosenFiles {
  files: File[];
  ignored: number; // of another format, or hidden
}

export function isReadable(name: string): boolean {
  if (name.startsWith('.') || name.startsWith('~$')) return false;
  const dot = name.lastIndexOf('.');
  return dot > 0 && READABLE.has(name.slice(dot + 1).toLowerCase());
}

// Natural order: page 2 comes before page 10. Folders stay together.
export function sortByName(files: File[]): File[] {
  const collator = new Intl.Collator(undefined, { numeric: true });
  return [...files].sort((a, b) => collator.compare(pathOf(a), pathOf(b)));
}

export function chooseReadable(files: File[]): ChosenFiles {
  const readable = files.filter((file) => isReadable(file.name));
  return { files: sortByName(readable), ignored: files.length - readable.length };
}

function pathOf(file: File): string {
  return file.webkitRelativePath || file.name;
}

// Must be called inside the drop event: the browser forgets the items afterwards. Files named one by one are all sent,
// so that the server can say what is wrong with them; of folders only what is readable.
export async function filesOfDrop(transfer: DataTransfer): Promise<ChosenFiles> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const single: File[] = [];
  const nested: File[] = [];
  for (const entry of entries) {
    if (isDirectory(entry)) nested.push(...(await filesOfFolder(entry)));
    else if (isFile(entry)) single.push(await fileOf(entry));
  }
  const fromFolders = chooseReadable(nested);
  return { files: [...sortByName(single), ...fromFolders.files], ignored: fromFolders.ignored };
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const files: File[] = [];
  for (const entry of await entriesOf(folder)) {
    if (isDirectory(entry)) files.push(...(await filesOfFolder(entry)));
    else if (isFile(entry)) files.push(await fileOf(entry));
  }
  return files;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject); // at most a hundred at a time
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
