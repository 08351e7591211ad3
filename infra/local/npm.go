package local

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Packages are what npm installs from a lock file.
type Packages struct {
	Name  string                 // of the folder, before the lock file's hash
	Title string                 // what people call it
	JSON  []byte                 // package.json
	Lock  []byte                 // package-lock.json, with the packages' hashes, which npm checks
	Whole func(dir string) error // says what an installation lacks; nil when it is whole
}

// Install puts the packages into this user's cache folder (factbox/NAME-HASH, by the hash of the lock file) with
// "npm ci", unless they are there, and gives that folder. Scripts of packages are not run.
//
// Several processes may do so at once: one installs and the others wait for it. A cut-off installation leaves nothing
// that a later one could take for whole. log may be nil.
func (p Packages) Install(ctx context.Context, log *slog.Logger) (dir string, err error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the cache folder to install %s in: %w", p.Title, err)
	}
	dir = filepath.Join(cache, "factbox", hashed(p.Name, p.Lock))
	if err := makeOnce(ctx, dir, p.Whole, func(tmp string) error {
		log.Info("installing "+p.Title+" (once)", "folder", dir)
		return p.installInto(ctx, tmp)
	}); err != nil {
		return "", fmt.Errorf("installing %s: %w", p.Title, err)
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

// installInto installs the packages into an empty folder.
func (p Packages) installInto(ctx context.Context, dir string) error {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return fmt.Errorf("npm is not on the PATH, and %s is not installed yet: install Node.js", p.Title)
	}
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "package.json"), p.JSON, 0o644),
		os.WriteFile(filepath.Join(dir, "package-lock.json"), p.Lock, 0o644),
	); err != nil {
		return fmt.Errorf("writing the lock file to install from: %w", err)
	}
	// engine-strict: the engine asks for a newer Node.js than its jar, the only part used, has a need of.
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
