package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Role;
import app.headlight.web.limits.RateLimit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class WrongTokensTest extends SharedServer {

    @Autowired
    private AccessTokens tokens;

    @Test
    void areCountedByAddressAndTheRightOneIsNot() throws Exception {
        String right = tokens.make(account("Ada of WrongTokensTest", Role.MEMBER), "right");
        AccessTokenFilter filter = new AccessTokenFilter(tokens, new RateLimit(3));
        for (int i = 0; i < 3; i++) {
            assertThat(answer(filter, "192.0.2.1", "hl_wrong" + i).getStatus()).isEqualTo(401);
        }
        MockHttpServletResponse refused = answer(filter, "192.0.2.1", "hl_wrong");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isNotNull();
        assertThat(answer(filter, "192.0.2.2", "hl_wrong").getStatus()).isEqualTo(401);
        assertThat(answer(filter, "192.0.2.1", right).getStatus()).isEqualTo(200);
    }

    private static MockHttpServletResponse answer(AccessTokenFilter filter, String address, String token)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/models");
        request.setRemoteAddr(address);
        request.addHeader("Authorization", "Bearer " + token);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
