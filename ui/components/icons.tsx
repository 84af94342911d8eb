import type { PropsWithChildren } from 'hono/jsx'
import { drawOnce } from './drawn.tsx'

/** Icons are decorative: the text beside them says the same. */
function Icon({ children }: PropsWithChildren) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      {children}
    </svg>
  )
}

export const CalendarIcon = drawOnce(() => (
  <Icon>
    <rect x="3" y="5" width="18" height="16" rx="3" />
    <path d="M3 10h18M8 2.5V7M16 2.5V7" />
  </Icon>
))

export const PinIcon = drawOnce(() => (
  <Icon>
    <path d="M12 21.5c4.5-5 7-8.4 7-11.5a7 7 0 0 0-14 0c0 3.1 2.5 6.5 7 11.5z" />
    <circle cx="12" cy="10" r="2.6" />
  </Icon>
))

export const TicketIcon = drawOnce(() => (
  <Icon>
    <path d="M3 7h18v3.2a2 2 0 0 0 0 3.6V17H3v-3.2a2 2 0 0 0 0-3.6z" />
    <path d="M14 7.5v9" stroke-dasharray="2 3" />
  </Icon>
))

export const WayIcon = drawOnce(() => (
  <Icon>
    <path d="M21 3L3 10.5l7.5 3L13.5 21z" />
  </Icon>
))

export const RepeatIcon = drawOnce(() => (
  <Icon>
    <path d="M4 11V9.5A3.5 3.5 0 0 1 7.5 6H20M16.5 2.5L20 6l-3.5 3.5M20 13v1.5a3.5 3.5 0 0 1-3.5 3.5H4M7.5 21.5L4 18l3.5-3.5" />
  </Icon>
))

export const ScreenIcon = drawOnce(() => (
  <Icon>
    <rect x="3" y="4.5" width="18" height="12" rx="2" />
    <path d="M9 20.5h6M12 16.5v4" />
  </Icon>
))

export const FollowIcon = drawOnce(() => (
  <Icon>
    <circle cx="10" cy="8" r="4" />
    <path d="M3 20.5c0-4 3-6.5 7-6.5s7 2.5 7 6.5M19 7v6M16 10h6" />
  </Icon>
))

export const HeartIcon = drawOnce(() => (
  <Icon>
    <path d="M12 20.5C6 16 3 12.8 3 9a4.7 4.7 0 0 1 9-2 4.7 4.7 0 0 1 9 2c0 3.8-3 7-9 11.5z" />
  </Icon>
))

export const ShareIcon = drawOnce(() => (
  <Icon>
    <path d="M12 15V3.5M7.5 7.5L12 3l4.5 4.5M5 12.5V21h14v-8.5" />
  </Icon>
))

export const FilterIcon = drawOnce(() => (
  <Icon>
    <path d="M3 7h9M18 7h3M3 17h3M12 17h9" />
    <circle cx="15" cy="7" r="3" />
    <circle cx="9" cy="17" r="3" />
  </Icon>
))

export const CupLogo = drawOnce(() => (
  <svg class="logo" viewBox="0 0 30 30" width="30" height="30" aria-hidden="true">
    <path class="logo-cup" d="M4 10h17v8a7 7 0 0 1-7 7h-3a7 7 0 0 1-7-7z" />
    <path class="logo-line" d="M21 12h2a4 4 0 0 1 0 8h-2" />
    <path class="logo-steam" d="M9 7c0-2 2-2 2-4M14 7c0-2 2-2 2-4" />
  </svg>
))

export const MailIcon = drawOnce(() => (
  <Icon>
    <path d="M3.5 6h17v12.5h-17zM4 7l8 6.2L20 7" />
  </Icon>
))

export const TeamIcon = drawOnce(() => (
  <Icon>
    <path d="M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 19.5c0-3.3 2.6-5.5 6-5.5s6 2.2 6 5.5" />
    <path d="M15.5 4.9a3.2 3.2 0 0 1 0 5.9M17.5 14.3c2.1.8 3.5 2.7 3.5 5.2" />
  </Icon>
))

export const ClockIcon = drawOnce(() => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 6.5V12l3.5 2" />
  </Icon>
))

export const LevelIcon = drawOnce(() => (
  <Icon>
    <path d="M5 20v-5M12 20V10M19 20V4.5" />
  </Icon>
))

export const PenIcon = drawOnce(() => (
  <Icon>
    <path d="M5 19l.8-4L16.5 4.3l3.2 3.2L9 18.2z" />
  </Icon>
))

export const HiddenIcon = drawOnce(() => (
  <Icon>
    <path d="M4 4l16 16M9.5 5.6A10 10 0 0 1 12 5.3c5.5 0 9 6.7 9 6.7a17 17 0 0 1-2.7 3.5" />
    <path d="M6.3 7.3A16 16 0 0 0 3 12s3.5 6.7 9 6.7a9 9 0 0 0 4.3-1.1" />
  </Icon>
))

export const GlobeIcon = drawOnce(() => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17" />
  </Icon>
))

export const PageIcon = drawOnce(() => (
  <Icon>
    <path d="M6 3.5h8.5L18.5 7.5v13H6zM9 11h6.5M9 14h6.5M9 17h4" />
  </Icon>
))
