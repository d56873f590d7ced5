import { describe, expect, it } from 'vitest'
import { requestVerdict } from '../../packages/core/src/domain/tracking/index.js'
import { agentsOf } from './agents.js'
import { imageProxies, people } from './human-agents.js'
import { crawlers, monitors, programs, scanners } from './robot-agents.js'

const isRobot = (userAgent: string, kind: 'open' | 'click' = 'open'): boolean =>
  requestVerdict({ kind, userAgent, method: 'GET', purpose: '' }).by === 'machine'

describe('robots in the counts', () => {
  it('TRK-3, T13: of 1,000 agents of robots at least 99 % are known', () => {
    const robots = [crawlers, scanners, monitors, programs].flatMap(agentsOf)
    expect(new Set(robots).size).toBe(robots.length)
    expect(robots.length).toBeGreaterThanOrEqual(1_000)
    const taken = robots.filter((agent) => !isRobot(agent))
    // Mail programs of Android load their pictures with it too, so it is not counted as a robot.
    expect(taken.filter((agent) => !agent.startsWith('okhttp/'))).toEqual([])
    expect(taken.length / robots.length).toBeLessThanOrEqual(0.01)
  })

  it('TRK-3, T13: none of 248 agents of people is taken for a robot, and pictures that a mail host fetches for its reader count', () => {
    const readers = agentsOf(people)
    expect(new Set(readers).size).toBe(248)
    expect(readers.filter((agent) => isRobot(agent) || isRobot(agent, 'click'))).toEqual([])
    const [privacy, ...proxies] = [...agentsOf(imageProxies)].reverse()
    expect(proxies.filter((agent) => isRobot(agent))).toEqual([])
    // Apple's fetches all pictures of all mail, whoever reads it.
    expect(isRobot(privacy ?? '')).toBe(true)
  })
})
