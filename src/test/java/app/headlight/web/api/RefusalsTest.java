package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.ground.people.NotAllowedException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

class RefusalsTest {

    @Test
    void aStrangerIsAskedForATokenAndSomeoneElseIsToldWhy() {
        ResponseEntity<ProblemDetail> stranger = new Refusals().notAllowed(NotAllowedException.stranger());
        assertThat(stranger.getStatusCode().value()).isEqualTo(401);
        assertThat(stranger.getHeaders().getFirst("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(stranger.getBody().getDetail()).contains("access token");
        ResponseEntity<ProblemDetail> member = new Refusals().notAllowed(NotAllowedException.notYours("It is Ada's."));
        assertThat(member.getStatusCode().value()).isEqualTo(403);
        assertThat(member.getHeaders().getFirst("WWW-Authenticate")).isNull();
        assertThat(member.getBody().getDetail()).isEqualTo("It is Ada's.");
        assertThat(member.getBody().getStatus()).isEqualTo(403);
    }
}
