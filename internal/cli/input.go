package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jsonstat-go/toolkit/internal/spool"
)

// input is what a run reads, as bytes or as a folder.
type input struct {
	call     *Call
	files    *files
	stdin    io.Reader
	formats  Formats
	progress *progress

	held    io.Reader     // opened already, decompressed; nil if it was not
	read    bool          // standard input was taken
	first   func() []byte // the first bytes, decompressed; nil before it was opened
	closers []func() error
}

// Input opens the input as bytes, decompressed if it is gzip or zstd, and of a zip
// archive one member if the command's formats are [Members]. It is closed after Run.
// That of a plain file is an [io.Seeker] and an [io.ReaderAt] too. It is an error if it is known to be in a
// format that the command does not read.
func (in *input) Input() (io.Reader, error) {
	r, err := in.open()
	if err != nil || in.formats == nil {
		return r, err
	}
	first, r, err := in.known(r)
	if err != nil {
		return nil, err
	}
	if choose, ok := in.formats.(Members); ok && isZip(first) {
		if r, err = in.member(r, choose); err != nil {
			return nil, err
		}
		if first, r, err = in.known(r); err == nil && isZip(first) {
			err = InputError(errors.New("this is a zip archive in a zip archive: unpack it first"))
		}
	}
	return r, err
}

// First are the first bytes of the input, decompressed, which is read from its start
// later all the same. A folder has none.
func (in *input) First() ([]byte, error) {
	switch {
	case in.files.folder:
		return nil, nil
	case in.files.inSize > 0 && in.held == nil:
		return firstOfFile(in.files.in)
	}
	r, err := in.open()
	if err != nil {
		return nil, err
	}
	first, r := lookAhead(r)
	in.held = r
	return first, nil
}

// Unpack opens the input as [Context.Input] does, and holds it for whoever reads it next.
func (in *input) Unpack() error {
	r, err := in.Input()
	in.held = r
	return err
}

// Member is the name of the member of an archive that [Context.Input] reads, "" if the
// input is none.
func (in *input) Member() string { return in.files.member }

// InputFolder is the input if it is a folder, which only a command with Folders is given;
// else nil.
func (in *input) InputFolder() fs.FS {
	if !in.files.folder {
		return nil
	}
	in.progress.start(0)
	return os.DirFS(in.files.in)
}

// InputSize is how many bytes the input has, 0 if that is not known.
func (in *input) InputSize() int64 { return in.files.inSize }

// InputPath is where the input stands, from the root, with slashes; "" if it has no name.
func (in *input) InputPath() string {
	if !isFile(in.files.in) {
		return ""
	}
	path, err := filepath.Abs(in.files.in)
	if err != nil {
		return filepath.ToSlash(in.files.in)
	}
	return filepath.ToSlash(path)
}

// known looks at the first bytes of an input, which are then read again.
func (in *input) known(r io.Reader) (first []byte, all io.Reader, err error) {
	if s, ok := r.(*seekable); ok {
		first = make([]byte, FirstBytes)
		n, _ := s.file.ReadAt(first, 0) // a file that cannot be read says so when it is
		first = first[:n]
	} else {
		first, r = lookAhead(r)
	}
	in.first = func() []byte { return first }
	return first, r, in.formats.Input(in.call, first, nil)
}

// open opens the input, decompressed.
func (in *input) open() (io.Reader, error) {
	if r := in.held; r != nil {
		in.held = nil
		return r, nil
	}
	r, file, err := in.raw()
	if err != nil {
		return nil, err
	}
	if file != nil {
		var magic [4]byte
		if n, err := file.ReadAt(magic[:], 0); (err == nil || err == io.EOF) && !packed(magic[:n]) {
			return &seekable{ReaderAt: in.progress.readerAt(file), file: file, counted: r}, nil
		}
	}
	return in.unpack(r)
}

// raw opens the input as it is. Of standard input, which can be had but once, there is
// no file.
func (in *input) raw() (r io.Reader, file *os.File, err error) {
	switch {
	case isFile(in.files.in):
		if file, err = os.Open(in.files.in); err != nil {
			return nil, nil, err
		}
		in.closers = append(in.closers, file.Close)
		r = file
	case in.read:
		return nil, nil, errors.New("standard input was read already")
	default:
		in.read = true
		r = in.stdin
	}
	in.progress.start(in.files.inSize)
	return in.progress.reader(r), file, nil
}

// unpack decompresses what is compressed. It is closed after Run.
func (in *input) unpack(r io.Reader) (io.Reader, error) {
	plain, close, err := unpack(r)
	if close != nil {
		in.closers = append(in.closers, close)
	}
	return plain, err
}

// member opens the one member of a zip archive that is to be read, decompressed.
func (in *input) member(r io.Reader, choose Members) (io.Reader, error) {
	at, size, err := in.atOffsets(r)
	if err != nil {
		return nil, err
	}
	u, name, err := openMember(at, size, func(names []string) (int, error) { return choose.Member(in.call, names) })
	in.files.member = name
	if err != nil {
		return nil, err
	}
	in.closers = append(in.closers, u.r.Close)
	return in.unpack(u) // a member may be compressed once more
}

// atOffsets makes an input one that can be read at offsets: what is no file is kept in
// one that has no name, where the system can do without.
func (in *input) atOffsets(r io.Reader) (io.ReaderAt, int64, error) {
	if s, ok := r.(*seekable); ok {
		info, err := s.file.Stat()
		if err != nil {
			return nil, 0, err
		}
		return s, info.Size(), nil
	}
	f, done, err := spool.File()
	if err != nil {
		return nil, 0, err
	}
	in.closers = append(in.closers, func() error { done(); return nil })
	size, err := spool.Fill(f, r)
	return f, size, err
}

// close closes all that was opened, last first, once the run needs it no more.
func (in *input) close() {
	for i := len(in.closers) - 1; i >= 0; i-- {
		_ = in.closers[i]()
	}
}

// seekable is a file that may be read several times, and at any place. Its progress is
// how far it was read at all, or how much of it at places.
type seekable struct {
	io.ReaderAt
	file     *os.File
	counted  io.Reader
	at, seen int64
}

func (s *seekable) Read(p []byte) (n int, err error) {
	if s.at < s.seen {
		n, err = s.file.Read(p[:min(int64(len(p)), s.seen-s.at)])
	} else {
		n, err = s.counted.Read(p)
	}
	s.at += int64(n)
	s.seen = max(s.seen, s.at)
	return n, err
}

func (s *seekable) Seek(offset int64, whence int) (int64, error) {
	at, err := s.file.Seek(offset, whence)
	if err == nil {
		s.at = at
	}
	return at, err
}
