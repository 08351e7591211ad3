package policy

import (
	"fmt"
	"strings"
)

// checkRule wants a rule of EventBridge to be a schedule: one that matches events would let whoever sends them in.
func (t *Template) checkRule(id string) (found []string, err error) {
	if _, matches := t.resources[id].Properties["EventPattern"]; matches {
		found = append(found, id+" matches events, whoever sends them")
	}
	var targets []struct{ Arn string }
	if err := t.decode(id, "Targets", &targets); err != nil {
		return nil, err
	}
	for _, target := range targets {
		if !t.ours(target.Arn) {
			found = append(found, fmt.Sprintf("%s starts %s, which is no function of the template", id, target.Arn))
		}
	}
	return found, nil
}

// ours reports whether an ARN is that of a function's alias in the template.
func (t *Template) ours(arn string) bool {
	return t.resources[arn].Type == "AWS::Lambda::Alias" || t.resources[arn].Type == "AWS::Lambda::Function"
}

// checkMapping wants the messages that a function is given to be those of a queue of the template.
func (t *Template) checkMapping(id string) (found []string, err error) {
	var from string
	if err := t.decode(id, "EventSourceArn", &from); err != nil {
		return nil, err
	}
	queue, ok := strings.CutPrefix(from, fmt.Sprintf("arn:aws:sqs:%s:%s:", region, account))
	if !ok || t.resources[queue].Type != "AWS::SQS::Queue" {
		found = append(found, fmt.Sprintf("%s takes messages of %s, which is no queue of the template", id, from))
	}
	return found, nil
}

func (t *Template) checkQueue(id string) (found []string, err error) {
	var encrypted bool
	if err := t.decode(id, "SqsManagedSseEnabled", &encrypted); err != nil {
		return nil, err
	}
	if !encrypted {
		found = append(found, id+" is not encrypted")
	}
	return found, nil
}
