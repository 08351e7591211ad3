package api

func registerChat(s *surface) {
	registerAnswers(s)
}
