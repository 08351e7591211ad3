// Package servetest runs "factbox serve" for tests that ask it over HTTP.
package servetest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// limit bounds every wait: for the start, which installs the engine on a machine's first, and for the end.
const limit = time.Minute

// Start builds and runs "factbox serve" on a free port of this machine, with the seed set in an engine of its own that keeps nothing,
// and returns its address once it serves. stop ends it. It has to be called within the module.
func Start() (address string, stop func() error, err error) {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", nil, fmt.Errorf("finding the module's folder: %w", err)
	}
	template := filepath.Join(strings.TrimSpace(string(root)), "template.yaml")
	dir, err := os.MkdirTemp("", "factbox")
	if err != nil {
		return "", nil, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	program := filepath.Join(dir, "factbox")
	if out, err := exec.Command("go", "build", "-o", program, "factbox/infra/factbox").CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("building factbox: %w: %s", err, out)
	}
	cmd := exec.Command(program, "serve", "--memory", "--port", "0", "--template", template)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"AWS_ENDPOINT_URL_DYNAMODB", "DOCUMENTS_TABLE", "FACTS_TABLE"}, name)
	})
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	found, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if words := strings.Fields(lines.Text()); len(words) > 2 && words[1] == "serves" {
				found <- words[2]
			}
		}
		ended <- cmd.Wait()
	}()
	stop = func() error {
		defer os.RemoveAll(dir)
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			return err
		}
		select {
		case err := <-ended:
			return err
		case <-time.After(limit):
			return errors.Join(errors.New("factbox serve does not end"), cmd.Process.Kill())
		}
	}
	select {
	case address = <-found:
		return address, stop, nil
	case err := <-ended:
		return "", nil, fmt.Errorf("factbox serve ended: %w: %s", err, complaint.String())
	case <-time.After(limit):
		return "", nil, errors.Join(errors.New("factbox serve does not say where it serves"), stop())
	}
}
