"""Effects along walks of influences: net effects, who helps and hinders whom, congruity."""
