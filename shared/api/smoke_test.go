package api
import ("testing";"os";"fmt")
func TestSmoke(t *testing.T){
 h:=All(deps(fake{}))
 w:=ask(t,h,"GET","/openapi.json","")
 fmt.Println(w.Code,w.Header(), w.Body.Len())
 os.WriteFile("/tmp/openapi.json",w.Body.Bytes(),0644)
 for _,r:=range Routes(){fmt.Println(r)}
 for _,u:=range []string{"/v1/casualties?limit=500&x=1","/v1/casualties?limit=500&effect=dead","/v1/casualties?limit=abc","/nope","/v1/documents"}{
 w=ask(t,h,"GET",u,""); fmt.Println(w.Code,w.Header(),w.Body.String())}
}
