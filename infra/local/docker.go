package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// docker runs Amazon's container image of the engine.
type docker struct {
	path string // of the docker command
}

// image is the newest DynamoDB Local, as Amazon documents the fallback; only the Java way is pinned.
const image = "amazon/dynamodb-local:latest"

// newDocker tells whether Docker answers, and fetches the image if it is not there yet.
func newDocker(ctx context.Context, log *slog.Logger) (*docker, error) {
	path, err := exec.LookPath("docker")
	if err != nil {
		return nil, errors.New("docker is not on the PATH")
	}
	asked, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	info := exec.CommandContext(asked, path, "info", "--format", "{{.ServerVersion}}")
	info.WaitDelay = time.Second
	// The exit code alone does not tell: some versions end with 0 though the daemon does not answer.
	if out, err := info.Output(); err != nil || strings.TrimSpace(string(out)) == "" {
		return nil, errors.New("the Docker daemon does not answer")
	}
	d := &docker{path: path}
	if d.run(ctx, "image", "inspect", image) == nil {
		return d, nil
	}
	log.Info("downloading the image of DynamoDB Local", "image", image)
	if err := d.run(ctx, "pull", "--quiet", image); err != nil {
		return nil, fmt.Errorf("docker pull %s: %w", image, err)
	}
	return d, nil
}

// run runs a docker command to its end.
func (d *docker) run(ctx context.Context, args ...string) error {
	cmd := exec.Command(d.path, args...)
	return runChild(ctx, cmd)
}

// command publishes the engine at its addresses only. The container runs as this user, so that the data folder stays theirs.
func (d *docker) command(port int, o Options) (*exec.Cmd, func()) {
	name := fmt.Sprintf("factbox-dynamodb-%d-%08x", port, rand.Uint32())
	args := []string{"run", "--rm", "--name", name}
	for _, a := range o.Addresses {
		args = append(args, "--publish", netip.AddrPortFrom(a, uint16(port)).String()+":8000")
	}
	data := ""
	if o.Dir != "" {
		data = "/data"
		args = append(args, "--user", fmt.Sprintf("%d:%d", os.Getuid(), os.Getgid()), "--volume", o.Dir+":"+data)
	}
	args = append(args, image, "-Xmx256m", "-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar")
	args = append(args, engineArgs(8000, data)...)
	// Ending the client does not always end the container (it may not have been made yet), so it is removed by name.
	return exec.Command(d.path, args...), func() {
		ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		_ = d.run(ctx, "rm", "--force", name) // an error is the usual case: --rm has removed it
	}
}

// onDeath is SIGTERM, which the docker client passes on to the container. SIGKILL would leave it running.
func (d *docker) onDeath() syscall.Signal { return syscall.SIGTERM }
