package main

import (
	"archive/tar"
	"bytes"
	"context"
	"debug/elf"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"time"
)

// docker is the engine that runs the functions' containers, all of them in a network of this run: by it they are found again.
type docker struct{ network string }

const (
	// standInLabel marks the stand-in base image and, as labels are inherited, the images that SAM makes from it.
	standInLabel = "factbox.standin=true"
	pullTimeout  = 3 * time.Minute
	closeTimeout = time.Minute
)

var errNoDocker = errors.New("no Docker engine answers: start yours, or as root on Debian or Ubuntu run " +
	"sh infra/sam/with-docker.sh make sam-test, which installs and starts one for the run")

// openDocker finds the engine and makes the run's network.
func openDocker(ctx context.Context) (*docker, error) {
	asked, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	// The exit code alone does not tell: some versions end with 0 though the daemon does not answer.
	if version, err := dockerOutput(asked, "info", "--format", "{{.ServerVersion}}"); err != nil || version == "" {
		return nil, errNoDocker
	}
	d := &docker{network: fmt.Sprintf("factbox-sam-%d", os.Getpid())}
	if _, err := dockerOutput(ctx, "network", "create", d.network); err != nil {
		return nil, err
	}
	return d, nil
}

func dockerOutput(ctx context.Context, args ...string) (string, error) {
	return command(ctx, "docker", args...).output()
}

// close removes the run's containers, its network, and the stand-in with what was made from it, which would else pass for
// Amazon's image.
func (d *docker) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	var failed []error
	remove := func(list, with []string) {
		ids, err := dockerOutput(ctx, list...)
		if err == nil && ids != "" {
			_, err = dockerOutput(ctx, append(with, strings.Fields(ids)...)...)
		}
		failed = append(failed, err)
	}
	remove([]string{"ps", "--all", "--quiet", "--filter", "network=" + d.network}, []string{"rm", "--force"})
	remove([]string{"image", "ls", "--quiet", "--filter", "label=" + standInLabel}, []string{"rmi", "--force"})
	_, err := dockerOutput(ctx, "network", "rm", d.network)
	return errors.Join(append(failed, err)...)
}

// containers counts those of the run.
func (d *docker) containers(ctx context.Context) (int, error) {
	ids, err := dockerOutput(ctx, "ps", "--all", "--quiet", "--filter", "network="+d.network)
	return len(strings.Fields(ids)), err
}

// gateway is the address at which the containers reach this machine.
func (d *docker) gateway(ctx context.Context) (netip.Addr, error) {
	out, err := dockerOutput(ctx, "network", "inspect", d.network, "--format", "{{(index .IPAM.Config 0).Gateway}}")
	if err != nil {
		return netip.Addr{}, err
	}
	address, err := netip.ParseAddr(out)
	if err != nil {
		return address, fmt.Errorf("the gateway of Docker's network %s: %w", d.network, err)
	}
	return address, nil
}

// image makes sure of the base image that "sam local" builds on: the one that is there, else Amazon's, else a stand-in.
func (d *docker) image(ctx context.Context, arch string) error {
	tag := "public.ecr.aws/lambda/provided:al2023-" + arch
	if _, err := dockerOutput(ctx, "image", "inspect", tag); err == nil {
		return nil
	}
	pull, cancel := context.WithTimeout(ctx, pullTimeout)
	defer cancel()
	_, err := dockerOutput(pull, "pull", "--quiet", tag)
	if err == nil || ctx.Err() != nil {
		return err
	}
	fmt.Printf("   %s cannot be pulled here: a stand-in takes its place\n", tag)
	root, err := standIn()
	if err != nil {
		return err
	}
	load := command(ctx, "docker", "import", "--change", "ENV PATH=/bin", "--change", "LABEL "+standInLabel, "-", tag)
	load.Stdin = bytes.NewReader(root)
	_, err = load.output()
	return err
}

// standIn is the file system of the stand-in base image, as a tar: what "sam local" runs while it adds its runtime emulator
// (sh, mv and chmod, all of them a static busybox), and the folders that the emulator and a function want. The functions are
// static binaries, so they need nothing more.
func standIn() ([]byte, error) {
	path, err := exec.LookPath("busybox")
	if err != nil {
		return nil, errors.New("the stand-in is made of a static busybox, and there is none: install busybox-static")
	}
	if err := isStatic(path); err != nil {
		return nil, err
	}
	busybox, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range []*tar.Header{
		{Typeflag: tar.TypeDir, Name: "bin/", Mode: 0o755},
		{Typeflag: tar.TypeDir, Name: "tmp/", Mode: 0o1777},
		{Typeflag: tar.TypeDir, Name: "var/task/", Mode: 0o755},
		{Typeflag: tar.TypeReg, Name: "bin/sh", Mode: 0o755, Size: int64(len(busybox))},
		{Typeflag: tar.TypeLink, Name: "bin/mv", Linkname: "bin/sh", Mode: 0o755},
		{Typeflag: tar.TypeLink, Name: "bin/chmod", Linkname: "bin/sh", Mode: 0o755},
	} {
		if err := w.WriteHeader(h); err != nil {
			return nil, err
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write(busybox); err != nil {
				return nil, err
			}
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// isStatic is an error unless the binary runs without a dynamic loader.
func isStatic(path string) error {
	f, err := elf.Open(path)
	if err != nil {
		return fmt.Errorf("%s is no binary for Linux: %w", path, err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return fmt.Errorf("%s is linked dynamically, and the stand-in has no libraries: install busybox-static", path)
		}
	}
	return nil
}
