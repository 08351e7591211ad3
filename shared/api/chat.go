package api

func registerChat(s *surface) {
}
