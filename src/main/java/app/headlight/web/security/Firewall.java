package app.headlight.web.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Decides which addresses are allowed: those of Spring's strict firewall, and those in which the name of a model has an
 * encoded percent sign, semicolon or backslash. A semicolon that is not encoded is refused.
 */
@Configuration
class Firewall {

    @Bean
    HttpFirewall strictButForNames() {
        StrictHttpFirewall firewall = new WithNamesOfModels();
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowSemicolon(true);
        firewall.setAllowBackSlash(true);
        // A parameter that is not known is named to its sender.
        firewall.setAllowedParameterNames(name -> true);
        // A method that no address takes is answered 405, as any other that the address does not take.
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    private static final class WithNamesOfModels extends StrictHttpFirewall {

        @Override
        public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
            String address = request.getRequestURI();
            if (address.contains(";") || address.contains("\\")) {
                throw new RequestRejectedException("the address has a bare semicolon or backslash");
            }
            return super.getFirewalledRequest(request);
        }
    }
}
