package api

func registerWidgets(s *surface) {
}
