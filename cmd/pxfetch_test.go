package cmd

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// pxfetch is a call in an environment of its own.
func pxfetch(t *testing.T, env []string, args ...string) (cmd *exec.Cmd, stdout, stderr *bytes.Buffer) {
	t.Helper()
	cmd = exec.Command(filepath.Join(bin, "pxfetch"), args...)
	cmd.Dir = t.TempDir()
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + cmd.Dir, "XDG_CACHE_HOME=" + filepath.Join(cmd.Dir, "cache")}, env...)
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	return cmd, stdout, stderr
}

// TestInterrupt: who stops a fetch is told how many parts are kept and what goes on with
// them, and it does.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("interrupts another process")
	}
	server := pxserver.New(pxserver.Options{MaxCells: 100, Latency: 100 * time.Millisecond})
	s := httptest.NewServer(server)
	defer s.Close()
	args := []string{"get", "03013", "out file.json", "--max-cells", "40", "--host", s.URL}
	cmd, _, stderr := pxfetch(t, nil, args...)
	require.NoError(t, cmd.Start())
	data := func() int {
		n := 0
		for _, r := range server.Requests() {
			if r.Cells > 0 && r.Status == 200 {
				n++
			}
		}
		return n
	}
	require.Eventually(t, func() bool { return data() >= 2 }, time.Minute, 10*time.Millisecond)
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	err := cmd.Wait()
	exit, ok := err.(*exec.ExitError)
	require.True(t, ok, "%v", err)
	require.Equal(t, os.Interrupt, exit.Sys().(syscall.WaitStatus).Signal())
	words := regexp.MustCompile(`^pxfetch: stopped: (\d+) of (\d+) parts are kept; this goes on from there: pxfetch get 03013 'out file.json' --max-cells 40 --host http://127.0.0.1:\d+\n$`).FindStringSubmatch(stderr.String())
	require.NotNil(t, words, stderr)
	require.NotEqual(t, "0", words[1])

	before := data()
	again := exec.Command(cmd.Path, args...)
	again.Dir, again.Env = cmd.Dir, cmd.Env
	out, err := again.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.FileExists(t, filepath.Join(cmd.Dir, "out file.json"))
	require.Less(t, data()-before, data(), "%s of %s parts were there", words[1], words[2])
	left, err := filepath.Glob(filepath.Join(cmd.Dir, ".*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// authority is a certificate of our own for a name, and the file of whoever vouches for it.
func authority(t *testing.T, name string) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	sheet := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, sheet, sheet, &key.PublicKey, key)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "office.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o666))
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}

// proxy is a proxy on this machine. Whatever host it is asked for it goes to one of two
// servers: by CONNECT to the one with TLS, else to the other.
type proxy struct {
	plain, secure string // addresses

	mu    sync.Mutex
	asked []string
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.Host)
	p.mu.Unlock()
	if r.Method != http.MethodConnect {
		r.URL.Host, r.RequestURI = p.plain, ""
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		for name, values := range resp.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body)
		return
	}
	to, err := net.Dial("tcp", p.secure)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	from, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	_, _ = io.WriteString(from, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() {
		_, _ = io.Copy(to, from)
		_ = to.Close()
	}()
	_, _ = io.Copy(from, to)
	_ = from.Close()
}

// TestProxy: HTTP_PROXY, HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE do what the page says.
func TestProxy(t *testing.T) {
	server := pxserver.New(pxserver.Options{})
	plain := httptest.NewServer(server)
	defer plain.Close()
	certificate, file := authority(t, "px.example.org")
	secure := httptest.NewUnstartedServer(server)
	secure.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	p := &proxy{plain: plain.Listener.Addr().String(), secure: secure.Listener.Addr().String()}
	front := httptest.NewServer(p)
	defer front.Close()
	get := []string{"get", "05839", "-s", "Region=0301,Tid=top(1)"}
	for _, tt := range []struct {
		name, host string
		env        []string
		asked      string // of the proxy, "" for nothing
		err        string
		unix       bool // other systems have certificates of their own
	}{
		{"http", "http://px.example.org", []string{"HTTP_PROXY=" + front.URL}, "POST px.example.org", "", false},
		{"https", "https://px.example.org", []string{"HTTPS_PROXY=" + front.URL, "SSL_CERT_FILE=" + file}, "CONNECT px.example.org:443", "", true},
		{"https, and nobody vouches for it", "https://px.example.org", []string{"HTTPS_PROXY=" + front.URL}, "CONNECT px.example.org:443", "hint: behind a proxy that reads along, SSL_CERT_FILE names", false},
		{"this machine needs none", plain.URL, []string{"HTTP_PROXY=" + front.URL}, "", "", false},
		{"a host that needs none", "http://px.invalid", []string{"HTTP_PROXY=" + front.URL, "NO_PROXY=px.invalid"}, "", "is this machine online?", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.unix && runtime.GOOS != "linux" {
				t.Skip("SSL_CERT_FILE is read on Linux and its like")
			}
			p.mu.Lock()
			p.asked = nil
			p.mu.Unlock()
			cmd, stdout, stderr := pxfetch(t, append(tt.env, "PXFETCH_HOST="+tt.host), get...)
			err := cmd.Run()
			p.mu.Lock()
			asked := strings.Join(p.asked, "\n")
			p.mu.Unlock()
			require.Contains(t, asked, tt.asked)
			require.Equal(t, tt.asked == "", asked == "")
			if tt.err != "" {
				require.Error(t, err)
				require.Contains(t, stderr.String(), tt.err)
				require.Empty(t, stdout.String())
				return
			}
			require.NoError(t, err, "%s", stderr)
			require.Empty(t, stderr.String())
			require.Contains(t, stdout.String(), `"class":"dataset"`)
		})
	}
}

// TestQuietConnections: what net/http has to say of a server that goes on talking when nobody
// asked is not for the terminal.
func TestQuietConnections(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	server := pxserver.New(pxserver.Options{})
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go chatter(conn, server)
		}
	}()
	cmd, stdout, stderr := pxfetch(t, nil, "get", "05839", "-s", "Region=0301,Tid=top(1)", "--host", "http://"+l.Addr().String(), "--quiet")
	require.NoError(t, cmd.Run(), "%s", stderr)
	require.Empty(t, stderr.String())
	require.Contains(t, stdout.String(), `"class":"dataset"`)
}

// chatter answers the requests of a connection, each with some words behind the answer.
func chatter(conn net.Conn, h http.Handler) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	for {
		req, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req.WithContext(context.Background()))
		body := w.Body.Bytes()
		fmt.Fprintf(conn, "HTTP/1.1 %d x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", w.Code, len(body), body)
		time.Sleep(50 * time.Millisecond) // the connection is idle by now
		if _, err := io.WriteString(conn, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\nand another thing"); err != nil {
			return
		}
	}
}

// TestNoHome: service users have no home, or one that is not there; containers cannot write.
func TestNoHome(t *testing.T) {
	s := httptest.NewServer(pxserver.New(pxserver.Options{MaxCells: 5000}))
	defer s.Close()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	for name, env := range map[string][]string{
		"none":           {"HOME=", "XDG_CACHE_HOME="},
		"not there":      {"HOME=" + filepath.Join(file, "nobody"), "XDG_CACHE_HOME="},
		"cache is a lie": {"XDG_CACHE_HOME=" + file},
	} {
		t.Run(name, func(t *testing.T) {
			for _, args := range [][]string{{"config"}, {"meta", "05839"}, {"get", "05839", "--yes"}} {
				cmd, stdout, stderr := pxfetch(t, append(env, "PXFETCH_HOST="+s.URL), args...)
				require.NoError(t, cmd.Run(), "%s", stderr)
				require.NotEmpty(t, stdout.String())
				for line := range strings.Lines(stderr.String()) {
					require.Regexp(t, "^pxfetch: warning: nothing can be saved for other runs, neither parts nor the times of calls: ", line)
				}
			}
		})
	}
}
