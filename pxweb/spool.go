package pxweb

import (
	"io"
	"os"
)

// spool keeps bytes in memory, and from some size on in a temporary file.
type spool struct {
	buf  []byte
	file *os.File
}

const maxSpool = 4 << 20

// Write keeps p.
func (s *spool) Write(p []byte) (int, error) {
	s.buf = append(s.buf, p...)
	if len(s.buf) < maxSpool {
		return len(p), nil
	}
	if s.file == nil {
		f, err := os.CreateTemp("", "pxweb-*")
		if err != nil {
			return 0, err
		}
		_ = os.Remove(f.Name()) // where that is possible the file is gone with us
		s.file = f
	}
	_, err := s.file.Write(s.buf)
	s.buf = s.buf[:0]
	return len(p), err
}

// start is the beginning of what was written.
func (s *spool) start() []byte {
	if s.file == nil {
		return s.buf[:min(len(s.buf), 4<<10)]
	}
	b := make([]byte, 4<<10)
	n, _ := s.file.ReadAt(b, 0)
	return b[:n]
}

func (s *spool) copyTo(w io.Writer) error {
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, s.file); err != nil {
			return err
		}
	}
	_, err := w.Write(s.buf)
	return err
}

func (s *spool) close() {
	if s != nil && s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}
