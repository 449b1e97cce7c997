package app.headlight.web.security;

import app.headlight.ground.people.Settings;
import com.vaadin.flow.spring.security.NavigationAccessControlConfigurer;
import com.vaadin.flow.spring.security.RequestUtil;
import com.vaadin.flow.spring.security.VaadinAwareSecurityContextHolderStrategyConfiguration;
import com.vaadin.flow.spring.security.VaadinSavedRequestAwareAuthenticationSuccessHandler;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** The path of a request to a page, from its cookie to the view that it may see. */
@Configuration
@EnableWebSecurity
@EnableScheduling
@Import(VaadinAwareSecurityContextHolderStrategyConfiguration.class)
class SecurityConfiguration {

    @Bean
    NavigationAccessControlConfigurer viewsAreOpenByTheirAnnotations(ReadingRights rights) {
        return new NavigationAccessControlConfigurer().withNavigationAccessChecker(rights);
    }

    @Bean
    SecurityFilterChain pages(
            HttpSecurity http,
            Settings settings,
            PasswordSignIn password,
            SignInCookie cookie,
            OpenIdSignIn openId,
            RequestUtil vaadinRequests,
            ObjectProvider<ClientRegistrationRepository> providers) {
        http.authenticationProvider(password);
        http.authorizeHttpRequests(
                requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/actuator/health/**", "/favicon.svg", "/alive")
                        .permitAll());
        http.rememberMe(remember -> remember.rememberMeServices(cookie).key(SignInCookie.KEY));
        providers.ifAvailable(any -> http.oauth2Login(login -> login.loginPage("/" + SignInView.PATH)
                .failureUrl("/" + SignInView.PATH + "?error")
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(openId))
                .successHandler((request, response, person) -> http.getSharedObject(
                                VaadinSavedRequestAwareAuthenticationSuccessHandler.class)
                        .onAuthenticationSuccess(request, response, person))));
        http.headers(SafeHeaders::guard);
        http.csrf(csrf -> csrf.ignoringRequestMatchers(vaadinRequests::isFrameworkInternalRequest));
        http.exceptionHandling(errors -> errors.accessDeniedHandler(SignInPage::refuse));
        // Otherwise the address after signing in would have one more parameter.
        HttpSessionRequestCache asked = new HttpSessionRequestCache();
        asked.setMatchingRequestParameterName(null);
        http.setSharedObject(RequestCache.class, asked);
        http.with(
                VaadinSecurityConfigurer.vaadin(),
                vaadin -> vaadin.loginView(SignInView.class, "/")
                        // Vaadin would accept a sign-in from any page of any site.
                        .enableCsrfConfiguration(false)
                        .anyRequest(settings.isPrivate() ? AuthorizedUrl::authenticated : AuthorizedUrl::permitAll));
        return http.build();
    }
}
