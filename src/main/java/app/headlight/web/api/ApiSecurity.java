package app.headlight.web.api;

import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Settings;
import app.headlight.web.errors.ProblemResponse;
import app.headlight.web.limits.RateLimit;
import app.headlight.web.security.SafeHeaders;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * The security of REST. It uses no session and no cookie, only access tokens, so that no other site can make a browser
 * act for a person; reading is open if the pages are.
 */
@Configuration
class ApiSecurity {

    static final String PATH = "/api/v1/**";

    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            Settings settings,
            AccessTokens tokens,
            @Value("${headlight.api.per-minute:600}") int perMinute) {
        http.securityMatcher(PATH);
        http.csrf(AbstractHttpConfigurer::disable);
        http.logout(AbstractHttpConfigurer::disable);
        http.requestCache(AbstractHttpConfigurer::disable);
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.headers(SafeHeaders::guard);
        RateLimit limit = new RateLimit(perMinute);
        AccessTokenFilter bearer = new AccessTokenFilter(tokens, limit);
        http.addFilterBefore(bearer, AuthorizationFilter.class);
        http.addFilterAfter(new RateLimitFilter(limit), AccessTokenFilter.class);
        http.authorizeHttpRequests(requests -> {
            if (settings.isPrivate()) {
                requests.anyRequest().authenticated();
            } else {
                requests.anyRequest().permitAll();
            }
        });
        http.exceptionHandling(errors -> errors.authenticationEntryPoint(
                        (request, response, refused) -> ProblemResponse.write(
                                response,
                                HttpStatus.UNAUTHORIZED,
                                "Not for strangers",
                                "This instance is private: send the header “Authorization: Bearer hl_…” with an access token of yours."))
                .accessDeniedHandler((request, response, refused) -> ProblemResponse.write(
                        response, HttpStatus.FORBIDDEN, "Not allowed", "Your account may not do this.")));
        return http.build();
    }
}
