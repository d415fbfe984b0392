package cli

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// The first bytes of a zip archive; of an empty one.
const (
	zipMagic      = "PK\x03\x04"
	emptyZipMagic = "PK\x05\x06"
)

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte(zipMagic)) || bytes.HasPrefix(head, []byte(emptyZipMagic))
}

// maxDirectory is how many bytes the list of the members of an archive may have: room
// for some ten thousand.
const maxDirectory = 1 << 20

// errDirectory says that there are more.
var errDirectory = InputError(errors.New("the zip archive has too many members to look at them all"))

// openMember opens the one member of a zip archive of this size that is to be read,
// decompressed. Its name is returned with an error too, as far as it is known.
func openMember(r io.ReaderAt, size int64, choose func(names []string) (int, error)) (u *unpacked, name string, err error) {
	u = &unpacked{name: "zip"}
	watched := &watchedAt{r: r, u: u, left: maxDirectory}
	archive, err := zip.NewReader(watched, size)
	switch {
	case watched.left < 0:
		return nil, "", errDirectory
	case u.err != nil:
		return nil, "", u.err
	case err != nil:
		return nil, "", InputError(fmt.Errorf("the zip archive is damaged or cut off: %w", err))
	}
	watched.done = true
	names := make([]string, len(archive.File))
	for i, f := range archive.File {
		names[i] = f.Name
	}
	i, err := choose(names)
	if err != nil {
		return nil, "", err
	}
	f := archive.File[i]
	if err := readable(f); err != nil {
		return nil, f.Name, err
	}
	if u.r, err = f.Open(); err != nil {
		return nil, f.Name, u.explain(err)
	}
	return u, f.Name, nil
}

// readable says of a member that cannot be read why.
func readable(f *zip.File) error {
	const encrypted, aes = 1, 99
	switch {
	case f.Flags&encrypted != 0 || f.Method == aes:
		return InputError(errors.New("it has a password in the zip archive: unpack it first"))
	case f.Method != zip.Store && f.Method != zip.Deflate:
		how := map[uint16]string{9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "zstd", 95: "xz", 98: "PPMd"}[f.Method]
		if how == "" {
			how = fmt.Sprintf("method %d", f.Method)
		}
		return InputError(fmt.Errorf("it is compressed with %s in the zip archive, which is not read: unpack it first", how))
	}
	return nil
}

// watchedAt bounds what is read of an archive before its members are known, and
// remembers how reading it failed.
type watchedAt struct {
	r    io.ReaderAt
	u    *unpacked
	left int64
	done bool
}

func (w *watchedAt) ReadAt(p []byte, off int64) (int, error) {
	if w.left -= int64(len(p)); w.left < 0 && !w.done {
		return 0, errDirectory
	}
	n, err := w.r.ReadAt(p, off)
	if err != nil && err != io.EOF {
		w.u.err = err
	}
	return n, err
}
