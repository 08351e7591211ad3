// Package cluster finds the story that a document belongs to.
package cluster
